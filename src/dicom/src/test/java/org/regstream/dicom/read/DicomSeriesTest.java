package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.dicom.Tag;

class DicomSeriesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadImagesAndNameWhatItSkipped() throws IOException {
        // given
        Files.write(folder.resolve("b.dcm"), new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.2").part10());
        Files.write(folder.resolve("a"), new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.1").part10());
        Path notes = Files.writeString(folder.resolve("notes.txt"), "no image");
        Files.createDirectory(folder.resolve("deeper"));

        // when
        DicomSeries series = DicomSeries.read(folder, FrameReader.withDefaults());

        // then
        assertThat(series.frames()).extracting(Frame::sopInstanceUid).containsExactly("1.1", "1.2");
        assertThat(series.headers()).noneMatch(header -> header.has(Tag.PIXEL_DATA));
        assertThat(series.skipped()).containsExactly(notes);
    }

    @Test
    void shouldNameTheFileThatIsDamaged() throws IOException {
        Path bad = Files.write(folder.resolve("bad.dcm"), new SmallImage().without(Tag.PIXEL_SPACING).part10());

        assertThatThrownBy(() -> DicomSeries.read(folder, FrameReader.withDefaults()))
                .isInstanceOf(DecodeException.class).hasMessageContainingAll(bad.toString(), "PIXEL_SPACING");
    }

    @Test
    void shouldRefuseFilesBeyondTheLimit() throws IOException {
        Files.write(folder.resolve("large.dcm"), new SmallImage().part10());
        FrameReader strict = new FrameReader(new ReadLimits(100, 100, 100, 1, 1, 1, 1), ZoneId.of("UTC"));

        assertThatThrownBy(() -> DicomSeries.read(folder, strict)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("expected at most 100");
    }

    @Test
    void shouldRefuseAFolderWithoutImages() {
        assertThatThrownBy(() -> DicomSeries.read(folder, FrameReader.withDefaults()))
                .isInstanceOf(DecodeException.class).hasMessageContaining("no DICOM image among the 0 files");
    }
}
