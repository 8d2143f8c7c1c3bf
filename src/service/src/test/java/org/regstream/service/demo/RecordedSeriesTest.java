package org.regstream.service.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.core.assembly.Frame;
import org.regstream.dicom.read.FrameReader;

class RecordedSeriesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.250Z");

    @TempDir
    Path folder;

    private final Patient patient = TestPatients.ellipsoids();

    @Test
    void shouldSendEachTimeAsNewSeriesWithTheSamePixels() throws IOException {
        // given
        write(1);
        RecordedSeries series = new RecordedSeries(new DicomFolder(folder));

        // when
        LiveVolume first = series.volume(1, NOW);
        LiveVolume second = series.volume(2, NOW);

        // then
        assertThat(series.grid().isSameAs(patient.image().grid())).isTrue();
        assertThat(first.instances()).hasSize(24);
        assertThat(second.seriesInstanceUid()).isNotEqualTo(first.seriesInstanceUid());
        assertThat(second.instanceUids()).hasSize(24).doesNotContainAnyElementsOf(first.instanceUids());
        Frame a = frame(first, 11);
        Frame b = frame(second, 11);
        assertThat(b.slices().get(0).values()).isEqualTo(a.slices().get(0).values());
        assertThat(a.studyInstanceUid()).isEqualTo(series.studyInstanceUid()).isEqualTo(b.studyInstanceUid());
    }

    @Test
    void shouldTellThePresentAsAcquisitionTime() throws IOException {
        write(1);

        LiveVolume live = new RecordedSeries(new DicomFolder(folder)).volume(1, NOW);

        assertThat(frame(live, 0).acquiredAt()).isEqualTo(NOW);
    }

    @Test
    void shouldLeaveOtherFilesOut() throws IOException {
        write(1);
        Files.writeString(folder.resolve("notes.txt"), "not an image");

        assertThat(new DicomFolder(folder).files()).hasSize(24);
    }

    @Test
    void shouldRefuseSeriesWithAMissingSlice() throws IOException {
        write(1);
        Files.delete(folder.resolve("1-011.dcm"));

        assertThatThrownBy(() -> new RecordedSeries(new DicomFolder(folder)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("do not make a volume");
    }

    @Test
    void shouldRefuseTwoVolumes() throws IOException {
        write(1);
        write(2);

        assertThatThrownBy(() -> new RecordedSeries(new DicomFolder(folder)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("2 series, expected one");
    }

    @Test
    void shouldRefuseFolderWithoutImages() {
        assertThatThrownBy(() -> new DicomFolder(folder)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holds no DICOM file");
        assertThatThrownBy(() -> new DicomFolder(folder.resolve("absent")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("is not a folder");
    }

    private void write(int number) throws IOException {
        List<byte[]> instances = new StillImage(patient.image(), Optional.empty()).volume(number, Instant.EPOCH)
                .instances();
        for (int k = 0; k < instances.size(); k++) {
            Files.write(folder.resolve(String.format("%d-%03d.dcm", number, k)), instances.get(k));
        }
    }

    private static Frame frame(LiveVolume live, int slice) {
        return FrameReader.withDefaults().read(live.instances().get(slice), Instant.EPOCH).get(0);
    }
}
