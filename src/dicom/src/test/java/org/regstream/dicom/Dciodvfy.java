package org.regstream.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** dicom3tools' dciodvfy, which knows the modules and attributes of each class; a test is skipped where it is not installed. */
public final class Dciodvfy {

    private Dciodvfy() {}

    /** @return whole lines, none if it finds nothing; one that breaks off has found nothing yet, and fails */
    public static List<String> errors(Path file) {
        OtherProgram.Outcome outcome = OtherProgram.run("dciodvfy", "-new", file.toString());
        List<String> errors = outcome.said().stream().filter(line -> line.contains("Error")).toList();
        assertThat(outcome.said()).as("names the class of object, or says why not").isNotEmpty();
        assertThat(outcome.status()).as("%s", outcome.said()).isEqualTo(errors.isEmpty() ? 0 : 1);
        return errors;
    }
}
