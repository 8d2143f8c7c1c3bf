package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.OneVolume;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;
import org.regstream.dicom.read.FileContent.LeftOut;

class DicomSeriesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadImagesAndNameWhatItSkipped() throws IOException {
        // given
        Files.write(folder.resolve("b.dcm"), new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.2").part10());
        Files.write(folder.resolve("a"), new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.1").part10());
        Path notes = Files.writeString(folder.resolve("notes.txt"), "no image");
        Path deeper = Files.createDirectory(folder.resolve("deeper"));
        Files.write(deeper.resolve("c"), new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.3").part10());

        // when
        DicomSeries series = DicomSeries.read(folder, FrameReader.withDefaults());

        // then
        assertThat(series.frames()).extracting(Frame::sopInstanceUid).containsExactly("1.1", "1.2", "1.3");
        assertThat(series.headers()).noneMatch(header -> header.has(Tag.PIXEL_DATA));
        assertThat(series.leftOut()).containsExactly(new LeftOut(notes.toString(), "no DICOM instance"));
    }

    /** As mixed exports have them: no preamble, no mark, some without a file meta group. */
    @ParameterizedTest
    @EnumSource(value = TransferSyntax.class, names = {"IMPLICIT_LITTLE_ENDIAN", "EXPLICIT_LITTLE_ENDIAN",
            "EXPLICIT_BIG_ENDIAN"})
    void shouldReadFilesWithoutPreamble(TransferSyntax syntax) throws IOException {
        // given
        byte[] whole = new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.1").part10(syntax);
        Files.write(folder.resolve("whole"), whole);
        Files.write(folder.resolve("no-preamble"), Arrays.copyOfRange(whole, 132, whole.length));
        Files.write(folder.resolve("mark-only"), Arrays.copyOfRange(whole, 128, whole.length));
        Files.write(folder.resolve("bare"), new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.2").bare(syntax));

        // when
        DicomSeries series = DicomSeries.read(folder, FrameReader.withDefaults());

        // then
        assertThat(series.frames()).extracting(Frame::sopInstanceUid).containsExactly("1.2", "1.1", "1.1", "1.1");
        assertThat(series.leftOut()).isEmpty();
    }

    /** What exports put beside images: told, not read, and no reason to refuse the images. */
    @Test
    void shouldLeaveOutWhatIsNoAcquiredImage() throws IOException {
        // given
        Files.write(folder.resolve("image"), new SmallImage().part10());
        Files.write(folder.resolve("report"),
                new DataSetBytes(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.88.11").text(Tag.MODALITY, "SR").part10());
        Files.write(folder.resolve("DICOMDIR"),
                new DataSetBytes(TransferSyntax.EXPLICIT_LITTLE_ENDIAN).header(0x00041220, Vr.SQ, 0).part10());
        Files.write(folder.resolve("labels"),
                new SmallImage().with(Tag.SOP_CLASS_UID, SopClass.SEGMENTATION_STORAGE).part10());
        Files.write(folder.resolve("screenshot"), new SmallImage()
                .with(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.7.4").without(Tag.IMAGE_POSITION_PATIENT).part10());

        // when
        DicomSeries series = DicomSeries.read(folder, FrameReader.withDefaults());

        // then
        assertThat(series.instances()).hasSize(1);
        assertThat(series.leftOut()).extracting(LeftOut::why).containsExactly("DICOM object without an image",
                "derived object, no acquired image", "SR object without an image",
                "picture without a place in space");
        assertThat(LeftOut.few(series.leftOut())).contains("report (SR object");
    }

    /** Turned by 10 degrees about the row: the column is (0, 0.9848, -0.1736), the normal (0, 0.1736, 0.9848). */
    @Test
    void shouldStackSlicesWhoseDirectionsAreRounded() throws IOException {
        writeRounded(3);

        Grid grid = OneVolume.of(DicomSeries.read(folder, FrameReader.withDefaults()).frames()).volume().grid();

        assertThat(grid.shape()).containsExactly(3, 2, 3);
        assertThat(grid.affine().toLps(2, 0, 0).minus(new Vector3(10, 20 + 4 * 0.1736, 30 + 4 * 0.9848)).norm())
                .isLessThan(0.02);
    }

    /** Over 78 mm a direction that is 0.16 degrees off leads 0.2 mm aside: each voxel is where its slice says, as of a leaning gantry. */
    @Test
    void shouldKeepPlacesWhereRoundedDirectionsLeadAside() throws IOException {
        writeRounded(40);

        Grid grid = OneVolume.of(DicomSeries.read(folder, FrameReader.withDefaults()).frames()).volume().grid();

        for (int k = 0; k < 40; k++) {
            Vector3 told = new Vector3(10, 20 + 2 * k * 0.1736, 30 + 2 * k * 0.9848);
            assertThat(grid.affine().toLps(k, 0, 0).minus(told).norm()).isLessThan(1e-3);
        }
        Vector3 column = new Vector3(0, 0.98, -0.17).normalized();
        assertThat(grid.affine().stepJ().normalized().minus(column).norm()).isLessThan(1e-9);
    }

    private void writeRounded(int slices) throws IOException {
        for (int k = 0; k < slices; k++) {
            String position = String.format(Locale.ROOT, "10\\%.4f\\%.4f", 20 + 2 * k * 0.1736, 30 + 2 * k * 0.9848);
            Files.write(folder.resolve("slice" + k),
                    new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.2." + (k + 1))
                            .with(Tag.IMAGE_ORIENTATION_PATIENT, "1\\0\\0\\0\\0.98\\-0.17")
                            .with(Tag.IMAGE_POSITION_PATIENT, position).part10());
        }
    }

    @Test
    void shouldRefuseAnImageWhosePixelsAreMissing() throws IOException {
        byte[] whole = new SmallImage().part10();
        Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 12 - 12));

        assertThatThrownBy(() -> DicomSeries.read(folder, FrameReader.withDefaults()))
                .isInstanceOf(DecodeException.class).hasMessageContainingAll("cut", "PIXEL_DATA", "is missing");
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
