package org.regstream.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherProgramTest {

    /** GDCM's Python binding, where it is installed, warns while pydicom answers. */
    @Test
    void shouldKeepMessagesApartFromAnswers() {
        OtherProgram.Outcome outcome = OtherProgram.run("sh", "-c", "echo answer; echo warning >&2; echo answer");

        assertThat(outcome.lines()).containsExactly("answer", "answer");
        assertThat(outcome.messages()).containsExactly("warning");
    }
}
