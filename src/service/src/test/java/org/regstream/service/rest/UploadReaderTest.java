package org.regstream.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.DecodeException;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;
import org.regstream.service.testing.Phantom;

class UploadReaderTest {

    private static final Structure FRONT = new Structure(1, "front", "5", "Part", "#ff0000");
    private static final Structure BACK = new Structure(2, "back", "5", "Part", "#00ff00");

    private final FrameReader dicom = FrameReader.withDefaults();
    private final UploadReader reader = new UploadReader(dicom);
    private final Phantom phantom = new Phantom(8, 12, 12, List.of(FRONT, BACK));

    @TempDir
    Path folder;

    @Test
    void shouldTellSegmentsOfOneCodeApartByName() throws IOException {
        // segment 1 is the front of label 1 in either order of the model's structures
        List<Structure> modelOrder = List.of(new Structure(1, "Back", "5", "Part", "#00ff00"),
                new Structure(2, "Front", "5", "Part", "#ff0000"));

        LabelMap read = reader.labels(segmentation(List.of(FRONT, BACK)), phantom.labels().grid(), modelOrder);

        assertThat(read.count(2)).isEqualTo(phantom.labels().count(1));
        assertThat(read.at(4, 6, 4)).isEqualTo(2);
        assertThat(read.at(4, 6, 7)).isEqualTo(1);
    }

    @Test
    void shouldNotGuessWhichOfTwoStructuresASegmentIs() throws IOException {
        Path file = segmentation(List.of(new Structure(1, "left", "5", "Part", "#ff0000"), BACK));

        assertThatThrownBy(() -> reader.labels(file, phantom.labels().grid(), List.of(FRONT, BACK)))
                .isInstanceOf(DecodeException.class).hasMessageContaining("left").hasMessageContaining("front");
    }

    @Test
    void shouldRefuseTwoSegmentsOfOneStructure() throws IOException {
        Path file = segmentation(List.of(FRONT, BACK));

        assertThatThrownBy(() -> reader.labels(file, phantom.labels().grid(), List.of(FRONT)))
                .isInstanceOf(DecodeException.class).hasMessageContaining("two segments");
    }

    private Path segmentation(List<Structure> structures) throws IOException {
        List<DicomObject> headers = phantom.series("2.25.7", 1, Instant.EPOCH).stream().map(dicom::readObject)
                .map(DicomObject::withoutPixelData).toList();
        return Files.write(folder.resolve("labels.dcm"), SegmentationWriter.write(phantom.labels(), structures, headers,
                new SegmentationAlgorithm("hand", "00", "manual", List.of())));
    }
}
