package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.ConfigurationException;
import org.regstream.demo.FreshCopies.Copy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;

class FreshCopiesTest {

    private final DicomObject instance = FrameReader.withDefaults().readObject(new StillImage(
            TestPatients.ellipsoids().image(), Optional.empty()).volume(1, Instant.EPOCH).instances().get(0));

    @Test
    void shouldKeepTogetherWhatBelongsTogether() {
        FreshCopies copies = new FreshCopies();
        Copy first = copies.of(instance, 1, Instant.EPOCH);

        assertThat(copies.of(instance, 1, Instant.EPOCH)).usingRecursiveComparison().isEqualTo(first);
        assertThat(copies.of(instance, 2, Instant.EPOCH).seriesInstanceUid()).isNotEqualTo(first.seriesInstanceUid());
        assertThat(new FreshCopies().of(instance, 1, Instant.EPOCH).instanceUid()).isNotEqualTo(first.instanceUid());
    }

    /** Their pixels would be written as they lie, under a syntax that they are not in. */
    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.2.5", "1.2.840.10008.1.2.2"})
    void shouldRefuseWhatItWouldSpoil(String syntax) {
        DicomObject other = DicomObject.builder().all(instance).text(Tag.TRANSFER_SYNTAX_UID, syntax).build();

        assertThatThrownBy(() -> new FreshCopies().of(other, 1, Instant.EPOCH))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining(syntax)
                .hasMessageContaining("dcmconv");
    }
}
