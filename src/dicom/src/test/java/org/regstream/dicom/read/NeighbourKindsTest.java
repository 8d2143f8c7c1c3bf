package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.OneVolume;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;
import org.regstream.dicom.read.FileContent.LeftOut;

/** Relatives of the inputs that users reported ({@link ReportedInputsTest}), made here: each reads as one volume, or is refused with a way out. */
class NeighbourKindsTest {

    private static final int SLICES = 6;
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
    private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_LITTLE_ENDIAN;

    @TempDir
    private Path folder;

    // files without preamble

    /** The letters of the mark stand where a preamble would end, in a value of a file that has none. */
    @ParameterizedTest
    @ValueSource(strings = {"EXPLICIT_LITTLE_ENDIAN", "IMPLICIT_LITTLE_ENDIAN"})
    void shouldReadABareFileThatHoldsTheMarkInAValue(TransferSyntax syntax) throws IOException {
        series((image, k) -> {
        });
        byte[] bare = slice(SLICES).with(Tag.IMAGE_TYPE, "D".repeat(160)).bare(syntax);
        assertThat(Arrays.copyOfRange(bare, 120, 140)).containsOnly('D');
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, bare, 128, 4);
        Files.write(folder.resolve("bare"), bare);

        assertThat(volume().sliceInstanceUids()).hasSize(SLICES + 1);
    }

    @Test
    void shouldReadAPreambleOfAnotherFormat() throws IOException {
        for (int k = 0; k < SLICES; k++) {
            byte[] file = slice(k).part10();
            System.arraycopy(new byte[]{'I', 'I', 42, 0, 8, 0, 0, 0}, 0, file, 0, 8); // a TIFF that is DICOM too
            Files.write(folder.resolve("image" + k), file);
        }

        assertThat(volume().sliceInstanceUids()).hasSize(SLICES);
    }

    @Test
    void shouldNameAFileThatIsCutInItsHeader() throws IOException {
        series((image, k) -> {
        });
        byte[] whole = slice(SLICES).part10();
        Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 300));

        assertThatThrownBy(this::volume).isInstanceOf(DecodeException.class).hasMessageContaining("cut");
    }

    // objects beside the series

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.70"})
    void shouldLeaveOutACompressedScreenshot(String syntax) throws IOException {
        series((image, k) -> {
        });
        Files.write(folder.resolve("screenshot"), compressed(syntax, SECONDARY_CAPTURE, false));

        assertThat(volume().sliceInstanceUids()).hasSize(SLICES);
        assertThat(read().leftOut()).extracting(LeftOut::why)
                .containsExactly("compressed picture without a place in space");
    }

    @Test
    void shouldRefuseACompressedSliceAndACaptureThatHasAPlace() throws IOException {
        series((image, k) -> {
        });
        for (String sopClass : List.of(SopClass.MR_IMAGE_STORAGE, SECONDARY_CAPTURE)) {
            Files.write(folder.resolve("compressed"), compressed("1.2.840.10008.1.2.4.50", sopClass, true));

            assertThatThrownBy(this::read).isInstanceOf(DecodeException.class)
                    .hasMessageContainingAll("compressed", "JPEG Baseline", "Let Orthanc transcode");
        }
    }

    @Test
    void shouldLeaveOutADose() throws IOException {
        series((image, k) -> {
        });
        Files.write(folder.resolve("dose"), slice(SLICES).with(Tag.SOP_CLASS_UID, SopClass.RT_DOSE_STORAGE).part10());

        assertThat(volume().sliceInstanceUids()).hasSize(SLICES);
        assertThat(read().leftOut()).extracting(LeftOut::why).containsExactly("derived object, no acquired image");
    }

    // numbers that say nothing of volumes

    @ParameterizedTest
    @CsvSource({"ECHO_TIME", "TRIGGER_TIME", "ACQUISITION_NUMBER", "TEMPORAL_POSITION_IDENTIFIER"})
    void shouldReadOneVolumeWhateverCountsItsSlices(Tag mark) throws IOException {
        for (BiConsumer<SmallImage, Integer> counted : List.<BiConsumer<SmallImage, Integer>>of(
                (image, k) -> image.with(mark, String.valueOf(SLICES - k)),
                (image, k) -> image.with(mark, k == 2 ? "" : "1"),
                (image, k) -> image.with(mark, String.valueOf(k % 3)))) {
            series(counted);

            assertThat(volume().sliceInstanceUids()).hasSize(SLICES);
        }
    }

    @Test
    void shouldTellTwoEchoesApart() throws IOException {
        series((image, k) -> image.with(Tag.ECHO_TIME, "5"));
        for (int k = 0; k < SLICES; k++) {
            Files.write(folder.resolve("late" + k),
                    slice(k).with(Tag.ECHO_TIME, "10").with(Tag.SOP_INSTANCE_UID, "1.2.9." + k).part10());
        }

        assertThatThrownBy(this::volume).isInstanceOf(DecodeException.class).hasMessageContaining("2 volumes");
    }

    // padding

    @ParameterizedTest
    @CsvSource({"-300, -300, 1", "-300, 7, 5", "5, -300, 3", "900, 900, 0"})
    void shouldTakePaddingForNoImage(int value, int limit, int padded) throws IOException {
        series((image, k) -> image.with(Tag.PIXEL_PADDING_VALUE, value).with(Tag.PIXEL_PADDING_RANGE_LIMIT, limit)
                .withPixels(cells(-300, 0, 5, 6, 7, 8)));

        int missing = 0;
        for (float v : volume().volume().values()) {
            missing += Float.isNaN(v) ? 1 : 0;
        }
        assertThat(missing).isEqualTo(padded * SLICES);
    }

    // tiles

    @ParameterizedTest
    @ValueSource(strings = {"ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC", "ORIGINAL\\PRIMARY\\M\\MOSAIC\\NORM",
            "DERIVED\\PRIMARY\\DIFFUSION\\ADC\\ND\\MOSAIC"})
    void shouldRefuseSlicesLaidSideBySide(String type) throws IOException {
        series((image, k) -> image.with(Tag.IMAGE_TYPE, type));

        assertThatThrownBy(this::read).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll("MOSAIC", "single slices", "NIfTI");
    }

    private static byte[] cells(int... values) {
        DataSetBytes out = DataSetBytes.explicit();
        return out.u16(values).bytes();
    }

    private static byte[] compressed(String syntax, String sopClass, boolean hasPlace) {
        SmallImage image = slice(SLICES).with(Tag.SOP_CLASS_UID, sopClass);
        byte[] attributes = (hasPlace ? image : image.without(Tag.IMAGE_POSITION_PATIENT)).bare(EXPLICIT);
        int pixels = 12 + 12;
        DataSetBytes out = DataSetBytes.explicit().raw(new byte[128]).raw("DICM".getBytes(StandardCharsets.US_ASCII))
                .text(Tag.TRANSFER_SYNTAX_UID, syntax.length() % 2 == 0 ? syntax : syntax + "\0")
                .raw(Arrays.copyOf(attributes, attributes.length - pixels))
                .header(Tag.PIXEL_DATA.code(), Vr.OB, ElementHeader.UNDEFINED).item(ElementHeader.ITEM, 0)
                .item(ElementHeader.ITEM, 4).raw(new byte[]{(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9})
                .item(ElementHeader.SEQUENCE_DELIMITER, 0);
        return out.bytes();
    }

    private void series(BiConsumer<SmallImage, Integer> change) throws IOException {
        for (int k = 0; k < SLICES; k++) {
            SmallImage image = slice(k);
            change.accept(image, k);
            Files.write(folder.resolve("image" + k), image.part10());
        }
    }

    private static SmallImage slice(int k) {
        return new SmallImage().with(Tag.SOP_INSTANCE_UID, "1.2.7." + k).with(Tag.IMAGE_POSITION_PATIENT,
                "10\\20\\" + (30 + 2 * k));
    }

    private DicomSeries read() {
        return DicomSeries.read(folder, FrameReader.withDefaults());
    }

    private AssembledVolume volume() {
        return OneVolume.of(read().frames());
    }
}
