package org.regstream.core.volume.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class NiftiReaderTest {

    private static final int DIM = 40;
    private static final int DATATYPE = 70;
    private static final int PIXDIM = 76;
    private static final int VOX_OFFSET = 108;
    private static final int SLOPE = 112;
    private static final int UNITS = 123;
    private static final int QFORM_CODE = 252;
    private static final int SFORM_CODE = 254;
    private static final int SROW = 280;
    private static final int MAGIC = 344;

    @TempDir
    private Path dir;

    @Test
    void shouldReadBackWhatWasWritten() {
        for (String name : new String[]{"a.nii", "a.nii.gz"}) {
            // given
            Volume volume = RandomData.volume(TestGrids.oblique(41, 43, 47), 1);
            LabelMap labels = RandomData.labels(TestGrids.leftHanded(41, 43, 47), 256, 2);
            Path images = dir.resolve("image-" + name);
            Path maps = dir.resolve("labels-" + name);

            // when
            NiftiWriter.write(volume, images);
            NiftiWriter.write(labels, maps);

            // then
            assertThat(NiftiReader.readVolume(images).values()).isEqualTo(volume.values());
            assertThat(NiftiReader.readVolume(images).grid().isSameAs(volume.grid())).isTrue();
            assertThat(NiftiReader.readLabels(maps).labels()).isEqualTo(labels.labels());
            assertThat(NiftiReader.readLabels(maps).grid().isSameAs(labels.grid())).isTrue();
        }
        assertThat(dir.toFile().list()).as("nothing but the four files").hasSize(4);
    }

    @Test
    void shouldLeaveTheOldFileWhereWritingFails() throws IOException {
        // given
        Path file = dir.resolve("a.nii");
        Files.writeString(file, "old");
        Volume tooLong = Volume.takeOwnershipOf(TestGrids.isotropic(1, 1, 40_000), new float[40_000]);

        // when, then
        assertThatThrownBy(() -> NiftiWriter.write(tooLong, file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32767");
        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(dir.toFile().list()).containsExactly("a.nii");
    }

    @Test
    void shouldRefuseToWriteUnderAnotherEnding() {
        assertThatThrownBy(
                () -> NiftiWriter.write(RandomData.volume(TestGrids.isotropic(1, 1, 1), 1), dir.resolve("a.img")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(".nii.gz");
    }

    /** nibabel takes i towards the left and j to the front, ITK j to the back: nobody knows. */
    @Test
    void shouldRefuseAFileThatDoesNotSayWhichSideIsLeft() {
        assertRefused(plain().putShort(SFORM_CODE, (short) 0).putShort(QFORM_CODE, (short) 0),
                "qform_code and sform_code are both 0");
        assertRefused(plain().putShort(SFORM_CODE, (short) -1).putShort(QFORM_CODE, (short) 0), "set_sform");
    }

    @Test
    void shouldTellOfSformAndQformThatDiffer() {
        // given: an sform moved by 0.1 mm along x, one moved by less than floats can tell, and a qform that is none
        int shift = 280 + 4 * 3;
        ByteBuffer moved = plain();
        moved.putFloat(shift, moved.getFloat(shift) + 0.1f);
        ByteBuffer rounded = plain();
        rounded.putFloat(shift, rounded.getFloat(shift) + 0.0005f);
        ByteBuffer broken = plain().putFloat(PIXDIM + 4, Float.NaN);

        // when, then
        assertThat(notice(moved)).hasValueSatisfying(
                n -> assertThat(n).contains("up to 0.100 mm apart", "the sform counts here"));
        assertThat(notice(rounded)).isEmpty();
        assertThat(notice(plain())).isEmpty();
        assertThat(notice(broken)).hasValueSatisfying(n -> assertThat(n).contains("pixdim[1]"));
        assertThat(notice(moved.putShort(QFORM_CODE, (short) 0))).isEmpty();
    }

    @Test
    void shouldConvertMetresAndMicronsToMillimetres() {
        // given
        ByteBuffer metres = plain().put(UNITS, (byte) 1);
        ByteBuffer microns = plain().put(UNITS, (byte) 3);

        // when, then: the plain file has voxels of 1 unit
        assertThat(read(metres).grid().affine().spacingMm()).containsExactly(1000, 1000, 1000);
        assertThat(read(microns).grid().affine().spacingMm()).containsExactly(1e-3, 1e-3, 1e-3);
    }

    @Test
    void shouldTreatSlopeZeroAsNoScaling() {
        // given
        ByteBuffer file = plain().putFloat(SLOPE, 0).putFloat(SLOPE + 4, 9);

        // when, then
        assertThat(read(file).values()).isEqualTo(read(plain()).values());
    }

    @ParameterizedTest
    @CsvSource({"1, binary", "32, complex64", "128, rgb24", "1536, float128", "1792, complex128", "2048, complex256",
            "2304, rgba32", "77, unknown"})
    void shouldRefuseOtherTypesByName(short code, String name) {
        assertRefused(plain().putShort(DATATYPE, code), name);
    }

    @Test
    void shouldSayWhatIsWrongWithTheHeader() {
        assertRefused(plain().putInt(0, 540), "ANALYZE");
        assertRefused(plain().putInt(0, 12), "not a NIfTI file");
        assertRefused(plain().put(MAGIC + 1, (byte) 'i'), "pair");
        assertRefused(plain().putInt(MAGIC, 0), "ANALYZE");
        assertRefused(plain().putShort(DIM, (short) 0), "dim[0]");
        assertRefused(plain().putShort(DIM, (short) 8), "dim[0]");
        assertRefused(plain().putShort(DIM + 4, (short) -3), "dim[2]");
        assertRefused(plain().putShort(DIM, (short) 4).putShort(DIM + 8, (short) 20), "split the series");
        assertRefused(plain().putFloat(VOX_OFFSET, 100), "vox_offset");
        assertRefused(plain().putFloat(VOX_OFFSET, Float.NaN), "vox_offset");
        assertRefused(plain().putFloat(VOX_OFFSET, 1e9f), "vox_offset");
        assertRefused(plain().putFloat(SLOPE, 2).putFloat(SLOPE + 4, Float.NaN), "scl_inter");
        assertRefused(plain().putFloat(PIXDIM, -plain().getFloat(PIXDIM)), "mirror images of each other");
        assertRefused(plain().putFloat(SROW, 0).putFloat(SROW + 4, 0).putFloat(SROW + 8, 0), "sform");
        assertRefused(plain().putFloat(SROW + 12, Float.NaN), "sform");
        assertRefused(plain().putShort(SFORM_CODE, (short) 0).putFloat(PIXDIM + 4, 0), "pixdim[1]");
    }

    @Test
    void shouldRefuseTooManyVoxelsBeforeAllocating() {
        assertRefused(plain().putShort(DIM + 2, Short.MAX_VALUE).putShort(DIM + 4, Short.MAX_VALUE), "268435456");
    }

    @Test
    void shouldHoldMemoryOnlyForBytesThatCame() {
        // given: the largest volume allowed, 1 GiB of float32, of which 60 voxels come
        ByteBuffer file = plain().putShort(DIM + 2, (short) 16384).putShort(DIM + 4, (short) 16384)
                .putShort(DIM + 6, (short) 1);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        // when
        assertRefused(file, "after 60 of 268435456");

        // then
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(16L << 20);
    }

    @Test
    void shouldStopAtTheDeclaredSizeOfACompressedFile() throws IOException {
        // given: 60 voxels, then 200 MB of zeros that nobody asked for
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain().array());
            for (int n = 0; n < 200; n++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());

        // when
        Volume volume = NiftiReader.readVolume(in);

        // then
        assertThat(volume.values()).isEqualTo(read(plain()).values());
        assertThat(in.available()).as("left unread").isGreaterThan(0);
    }

    @Test
    void shouldRefuseCutFilesWhereverTheyEnd() throws IOException {
        for (byte[] whole : new byte[][]{plain().array(), gzip(plain().array())}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> NiftiReader.readVolume(new ByteArrayInputStream(cut))).as("%d bytes", length)
                        .isInstanceOf(DecodeException.class);
            }
        }
    }

    @Test
    void shouldRefuseCompressedVoxelsThatFailTheirChecksum() throws IOException {
        // given
        byte[] bytes = gzip(plain().array());
        bytes[bytes.length - 8] ^= 1;

        // when, then
        assertThatThrownBy(() -> NiftiReader.readVolume(new ByteArrayInputStream(bytes)))
                .isInstanceOf(DecodeException.class).hasMessageContaining("damaged");
    }

    @Test
    void shouldEndInADecodeExceptionWhateverTheHeaderHolds() {
        Random random = new Random(20261121);
        for (int n = 0; n < 20_000; n++) {
            byte[] bytes = plain().array();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                bytes[random.nextInt(352)] = (byte) random.nextInt();
            }
            try {
                NiftiReader.readVolume(new ByteArrayInputStream(bytes));
            } catch (DecodeException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void shouldRefuseLabelsThatAreNotWholeBytes() {
        for (float value : new float[]{0.5f, -1, 256, Float.NaN, Float.POSITIVE_INFINITY}) {
            ByteBuffer file = plain().putFloat(352 + 4 * 17, value);
            assertThatThrownBy(() -> NiftiReader.readLabels(new ByteArrayInputStream(file.array())))
                    .isInstanceOf(DecodeException.class).hasMessageContaining("whole numbers");
        }
    }

    /** What nibabel makes of labels 0 to 2 in real numbers: integers of the type's range, scaled. */
    @ParameterizedTest
    @ValueSource(doubles = {2 / 255.0, 2 / 65535.0, 2 / 4294967295.0, 0.5 / 255})
    void shouldReadLabelsThatWereScaled(double slope) {
        // given
        ByteBuffer file = plain().putFloat(SLOPE, (float) slope).putFloat(SLOPE + 4, 0.5f);
        for (int x = 0; x < 60; x++) {
            file.putFloat(352 + 4 * x, (float) Math.rint((x % 3 - 0.5) / slope));
        }

        // when
        LabelMap labels = NiftiReader.readLabels(new ByteArrayInputStream(file.array()));

        // then
        for (int x = 0; x < 60; x++) {
            assertThat(labels.labels()[x]).isEqualTo((byte) (x % 3));
        }
    }

    @Test
    void shouldNameTheScalingWhereItIsTooCoarseForLabels() {
        ByteBuffer file = plain().putFloat(SLOPE, 3.92f);

        assertThatThrownBy(() -> NiftiReader.readLabels(new ByteArrayInputStream(file.array())))
                .isInstanceOf(DecodeException.class).hasMessageContaining("scales its integers by 3.92");
    }

    /** Header and voxels in two files, whichever is named. */
    @Test
    void shouldReadPairs() throws IOException {
        // given
        byte[] single = plain().put(MAGIC + 1, (byte) 'i').putFloat(108, 0).array();
        Path header = Files.write(dir.resolve("a.hdr"), Arrays.copyOf(single, 348));
        Path voxels = Files.write(dir.resolve("a.img.gz"), gzip(Arrays.copyOfRange(single, 352, single.length)));

        // when, then
        assertThat(NiftiReader.readVolume(header).values()).isEqualTo(read(plain()).values());
        assertThat(NiftiReader.readVolume(voxels).values()).isEqualTo(read(plain()).values());
        Files.delete(voxels);
        assertThatThrownBy(() -> NiftiReader.readVolume(header)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("expected a.img beside a.hdr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void shouldReadVersion2(String order) {
        Volume read = read(version2("LITTLE_ENDIAN".equals(order) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));

        assertThat(read.values()).isEqualTo(read(plain()).values());
        assertThat(read.grid()).isEqualTo(read(plain()).grid());
    }

    /** Atlases number structures by the thousand. */
    @Test
    void shouldSayWhatToDoAboutLargeLabels() {
        ByteBuffer file = plain().putFloat(352, 1006);

        assertThatThrownBy(() -> NiftiReader.readLabels(new ByteArrayInputStream(file.array())))
                .hasMessageContaining("got 1006.0; give the structures that are wanted numbers up to 255");
    }

    @Test
    void shouldReadWhicheverIsLeftWhereTheOtherHasNoCode() {
        float mirrored = -plain().getFloat(PIXDIM);

        assertThat(read(plain().putFloat(PIXDIM, mirrored).putShort(QFORM_CODE, (short) 0)).grid())
                .isEqualTo(read(plain()).grid());
        assertThat(read(plain().putFloat(PIXDIM, mirrored).putShort(SFORM_CODE, (short) 0)).grid())
                .isNotEqualTo(read(plain()).grid());
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() throws IOException {
        Path file = Files.writeString(dir.resolve("notes.nii"), "x".repeat(400), StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> NiftiReader.readVolume(file)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("notes.nii").hasMessageContaining("348");
    }

    /** 3 x 4 x 5 float32 voxels of 0 to 59, little endian, 1 mm. */
    private static ByteBuffer plain() {
        float[] values = new float[60];
        for (int x = 0; x < values.length; x++) {
            values[x] = x;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NiftiWriter.write(Volume.takeOwnershipOf(TestGrids.isotropic(3, 4, 5), values), out);
        return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The plain file in the layout of version 2, by its definition. */
    private static ByteBuffer version2(ByteOrder order) {
        ByteBuffer plain = plain();
        ByteBuffer out = ByteBuffer.allocate(544 + 4 * 60).order(order).putInt(0, 540);
        out.put(4, new byte[]{'n', '+', '2', 0, '\r', '\n', 0x1a, '\n'});
        out.putShort(12, plain.getShort(DATATYPE)).putLong(168, 544).putDouble(176, 1).putInt(500, 2);
        for (int n = 0; n < 8; n++) {
            out.putLong(16 + 8 * n, plain.getShort(DIM + 2 * n)).putDouble(104 + 8 * n, plain.getFloat(PIXDIM + 4 * n));
        }
        out.putInt(344, plain.getShort(QFORM_CODE)).putInt(348, plain.getShort(SFORM_CODE));
        for (int n = 0; n < 6; n++) {
            out.putDouble(352 + 8 * n, plain.getFloat(256 + 4 * n));
        }
        for (int n = 0; n < 12; n++) {
            out.putDouble(400 + 8 * n, plain.getFloat(280 + 4 * n));
        }
        for (int x = 0; x < 60; x++) {
            out.putFloat(544 + 4 * x, plain.getFloat(352 + 4 * x));
        }
        return out;
    }

    private static Optional<String> notice(ByteBuffer file) {
        return NiftiReader.volume(new ByteArrayInputStream(file.array())).notice();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static Volume read(ByteBuffer file) {
        return NiftiReader.readVolume(new ByteArrayInputStream(file.array()));
    }

    private static void assertRefused(ByteBuffer file, String because) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(DecodeException.class).hasMessageContaining(because);
    }
}
