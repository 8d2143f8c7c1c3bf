package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationType;

/** A damaged or hostile instance ends in a DecodeException or a valid parse: never another exception, a hang or a flood. */
class HostileInputTest {
    private static final FrameReader READER = FrameReader.withDefaults();
    private static final DicomReader OBJECTS = new DicomReader(ReadLimits.DEFAULT);

    /** Most bytes one small instance may make the reader allocate; a plain read takes a few kilobytes. */
    private static final long MEMORY_OF_ONE_READ = 8 << 20;

    /** A label map is as large as its frames lie apart, up to the largest volume there is. */
    private static final long MEMORY_OF_ONE_VOLUME = Grid.MAX_VOXELS + MEMORY_OF_ONE_READ;

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void shouldSurviveTruncationAtEveryByte(TransferSyntax syntax) {
        // given
        byte[] whole = image(syntax);

        // when, then
        for (int length = 0; length < whole.length; length++) {
            assertReadOrRefused(Arrays.copyOf(whole, length), "truncated at " + length);
        }
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void shouldSurviveMutation(TransferSyntax syntax) {
        long seed = 20261121;
        Random random = new Random(seed);
        byte[] whole = image(syntax);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int round = 0; round < 2000; round++) {
                assertReadOrRefused(mutate(whole.clone(), random), "seed " + seed + ", round " + round);
            }
        });
    }

    /** Sequences, groups and pixels. */
    private enum Nested {
        ENHANCED, BINARY, LABELMAP;

        byte[] part10() {
            return this == ENHANCED ? EnhancedTest.part10() : segmentation(SegmentationType.valueOf(name()));
        }
    }

    /** Read as what they are. */
    @ParameterizedTest
    @EnumSource
    void shouldSurviveMutationOfNestedObjects(Nested object) {
        long seed = 20261122;
        Random random = new Random(seed);
        byte[] whole = object.part10();

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int round = 0; round < 3000; round++) {
                byte[] bytes = mutate(whole.clone(), random);
                String what = "seed " + seed + ", round " + round;
                if (object == Nested.ENHANCED) {
                    assertReadOrRefused(bytes, what);
                } else {
                    assertEndsWell(() -> SegmentationReader.read(OBJECTS.read(bytes)), what, MEMORY_OF_ONE_VOLUME);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveTruncationOfNestedObjects(Nested object) {
        byte[] whole = object.part10();

        for (int length = 128; length < whole.length; length++) {
            byte[] bytes = Arrays.copyOf(whole, length);
            assertEndsWell(() -> READER.read(bytes, Instant.EPOCH), "truncated at " + length, MEMORY_OF_ONE_READ);
            assertEndsWell(() -> SegmentationReader.read(OBJECTS.read(bytes)), "truncated at " + length,
                    MEMORY_OF_ONE_READ);
        }
    }

    private static byte[] segmentation(SegmentationType type) {
        Grid grid = new Grid(3, 2, 4, Affine.axisAligned(new Vector3(1, 2, 3), 2, 1, 1));
        Volume volume = Volume.takeOwnershipOf(grid, new float[grid.size()]);
        List<DicomObject> sources = MrImageWriter
                .write(volume, new MrSeriesDescription("1.2.3", "1.2.3.1", "1.2.3.9", 1, Instant.EPOCH)).stream()
                .map(OBJECTS::read).toList();
        byte[] labels = {0, 1, 1, 0, 2, 2, 0, 0, 0, 1, 1, 0, 2, 2, 0, 0, 0, 1, 1, 0, 2, 2, 0, 0};
        List<Structure> structures = List.of(new Structure(1, "a", "279215006", "b", "#e6194b"),
                new Structure(2, "c", "279216007", "d", "#3cb44b"));
        return DicomWriter.write(type.dataSet(LabelMap.takeOwnershipOf(grid, labels), structures, sources, "t1",
                new SegmentationAlgorithm("m", "0f", "student", List.of())));
    }

    /** One to eight bytes changed behind the preamble: bits turned, extremes set, or a neighbouring stretch copied over. */
    private static byte[] mutate(byte[] bytes, Random random) {
        int changes = 1 + random.nextInt(8);
        for (int change = 0; change < changes; change++) {
            int at = 128 + random.nextInt(bytes.length - 128);
            switch (random.nextInt(4)) {
                case 0 :
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    break;
                case 1 :
                    bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                    break;
                case 2 :
                    bytes[at] = (byte) random.nextInt(256);
                    break;
                default :
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
                    System.arraycopy(bytes, at, bytes, 128 + random.nextInt(bytes.length - 128 - length + 1), length);
            }
        }
        return bytes;
    }

    @Test
    void shouldRefuseALengthOfFourGigabytes() {
        byte[] part10 = DataSetBytes.explicit().text(Tag.SOP_CLASS_UID, "1.2")
                .header(Tag.PIXEL_DATA.code(), Vr.OB, 0xfffffffeL).raw(new byte[100]).part10();

        assertRefusedCheaply(part10, "PIXEL_DATA (7fe0,0010)", "got length 4294967294", "at most 100");
    }

    @Test
    void shouldRefuseADeflateBomb() {
        // given: 16 MiB of zeros deflate to 16 KiB; 1 MiB is allowed
        ReadLimits small = new ReadLimits(1 << 20, 1 << 20, 1 << 20, 8, 1000, 512, 8);
        byte[] zeros = new byte[1 << 24];
        byte[] part10 = new DataSetBytes(TransferSyntax.DEFLATED_EXPLICIT_LITTLE_ENDIAN)
                .header(Tag.PIXEL_DATA.code(), Vr.OB, zeros.length).raw(zeros).part10();
        assertThat(part10.length).isLessThan(1 << 16);

        // when, then
        assertThatThrownBy(() -> new DicomReader(small).read(part10)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("more than 1048576 bytes");
    }

    /** 4096 x 4096 pixels claimed, a bare header there: refused before the frame is allocated. */
    @Test
    void shouldRefuseAnRleBomb() {
        byte[] fragment = rleHeader(2, 64, 65);
        byte[] part10 = new SmallImage().with(Tag.ROWS, 4096).with(Tag.COLUMNS, 4096).encapsulated(fragment);

        assertRefusedCheaply(part10, "RLE fragment of 64 bytes cannot hold 16777216 pixels");
    }

    /** Each fragment holds its frame of zeros: 256 KiB stand for 16 MiB, a record of 9 MiB for more than any heap. */
    @Test
    void shouldRefuseManyFramesOfRleThatAreSmallTogether() {
        // given
        byte[] fragment = ByteBuffer.allocate(64 + (1 << 18)).put(rleHeader(1, 64, 0)).array();
        for (int at = 64; at < fragment.length; at += 2) {
            fragment[at] = -127;
        }
        byte[][] frames = new byte[3][];
        Arrays.fill(frames, fragment);
        SmallImage image = new SmallImage().with(Tag.ROWS, 4096).with(Tag.COLUMNS, 4096).with(Tag.BITS_ALLOCATED, 8)
                .with(Tag.BITS_STORED, 8).with(Tag.HIGH_BIT, 7).with(Tag.NUMBER_OF_FRAMES, "3");

        // when, then
        assertRefusedCheaply(new FrameReader(ReadLimits.LIVE, ZoneOffset.UTC), image.encapsulated(frames),
                "50331648 bytes once decoded", "at most 33554432");
    }

    @Test
    void shouldRefuseRleThatRunsOver() {
        // given: runs of 128 pixels where 6 are expected
        ByteBuffer fragment = ByteBuffer.allocate(68).put(rleHeader(2, 64, 66)).put(new byte[]{-127, 1, -127, 1});

        // when, then
        assertRefusedCheaply(new SmallImage().encapsulated(fragment.array()), "runs over");
    }

    @Test
    void shouldRefuseRleSegmentsThatLieElsewhere() {
        assertRefusedCheaply(new SmallImage().encapsulated(rleHeader(2, 64, 1 << 30)), "RLE segment starts at");
        assertRefusedCheaply(new SmallImage().encapsulated(rleHeader(2, -5, 64)), "RLE segment starts at");
        assertRefusedCheaply(new SmallImage().encapsulated(rleHeader(15, 64, 64)), "must have 2 segments, got 15");
        assertRefusedCheaply(new SmallImage().encapsulated(new byte[6]), "expected a header of 64");
    }

    @Test
    void shouldRefuseADeepNestOfSequences() {
        // given
        DataSetBytes bomb = DataSetBytes.explicit().text(Tag.SOP_CLASS_UID, "1.2");
        for (int depth = 0; depth < 100_000; depth++) {
            bomb.header(Tag.DERIVATION_CODE_SEQUENCE.code(), Vr.SQ, ElementHeader.UNDEFINED).item(ElementHeader.ITEM,
                    ElementHeader.UNDEFINED);
        }

        // when, then
        assertThatThrownBy(() -> OBJECTS.read(bomb.part10())).isInstanceOf(DecodeException.class)
                .hasMessageContaining("nested deeper than 16");
    }

    @Test
    void shouldRefuseAFloodOfItems() {
        // given: 600 000 empty items
        DataSetBytes flood = DataSetBytes.explicit().header(Tag.DERIVATION_CODE_SEQUENCE.code(), Vr.SQ,
                ElementHeader.UNDEFINED);
        byte[] item = new DataSetBytes(TransferSyntax.EXPLICIT_LITTLE_ENDIAN).item(ElementHeader.ITEM, 0).bytes();
        for (int i = 0; i < 600_000; i++) {
            flood.raw(item);
        }

        // when, then
        assertThatThrownBy(() -> OBJECTS.read(flood.part10())).isInstanceOf(DecodeException.class)
                .hasMessageContaining("more than 500000 elements");
    }

    /** A pattern that tries every split of 60 000 digits, or a parser that multiplies them out, would take minutes. */
    @Test
    void shouldRefuseANumberOfManyDigitsAtOnce() {
        SmallImage image = new SmallImage().with(Tag.RESCALE_SLOPE, "1".repeat(60_000) + "xx");

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> assertRefusedCheaply(image.part10(), "RESCALE_SLOPE (0028,1053) DS of 60002 bytes"));
    }

    @Test
    void shouldRefuseMoreFramesThanPixels() {
        SmallImage image = new SmallImage().with(Tag.NUMBER_OF_FRAMES, "4096");

        assertRefusedCheaply(image.part10(), "PIXEL_DATA (7fe0,0010) has 12 bytes, expected 49152");
        assertRefusedCheaply(image.with(Tag.NUMBER_OF_FRAMES, "-1").part10(), "must be 1 to 4096, got -1");
        assertRefusedCheaply(image.with(Tag.NUMBER_OF_FRAMES, "2147483647").part10(), "must be 1 to 4096");
        assertRefusedCheaply(image.with(Tag.NUMBER_OF_FRAMES, "1e400").part10(), "NUMBER_OF_FRAMES");
    }

    @Test
    void shouldRefuseASecondElementOfTheSameTag() {
        byte[] part10 = DataSetBytes.explicit().us(Tag.ROWS, 2).us(Tag.ROWS, 3).part10();

        assertThatThrownBy(() -> OBJECTS.read(part10)).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll("ROWS (0028,0010)", "a second element");
    }

    @Test
    void shouldShowNoPatientInMessagesOrText() {
        // given
        String name = "Avasarala^Chrisjen";
        SmallImage image = new SmallImage().with(Tag.PATIENT_NAME, name).with(Tag.IMAGE_POSITION_PATIENT, name);

        // when, then
        assertThatThrownBy(() -> READER.read(image.part10(), Instant.EPOCH)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("IMAGE_POSITION_PATIENT (0020,0032) DS of 18 bytes")
                .hasMessageNotContaining("Avasarala");
        assertThat(OBJECTS.read(image.part10()).elements().toString()).doesNotContain("Avasarala");
        assertThat(OBJECTS.read(image.part10()).toString()).doesNotContain("Avasarala");
    }

    private static void assertRefusedCheaply(byte[] part10, String... message) {
        assertRefusedCheaply(READER, part10, message);
    }

    private static void assertRefusedCheaply(FrameReader reader, byte[] part10, String... message) {
        long before = allocatedBytes();
        assertThatThrownBy(() -> reader.read(part10, Instant.EPOCH)).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll(message);
        assertThat(allocatedBytes() - before).isLessThan(MEMORY_OF_ONE_READ);
    }

    private static void assertReadOrRefused(byte[] bytes, String what) {
        assertEndsWell(() -> assertThat(READER.read(bytes, Instant.EPOCH)).isNotEmpty(), what, MEMORY_OF_ONE_READ);
    }

    private static void assertEndsWell(Runnable read, String what, long memory) {
        long before = allocatedBytes();
        try {
            read.run();
        } catch (DecodeException e) {
            assertThat(e.getMessage()).as(what).isNotBlank();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(what, e);
        }
        assertThat(allocatedBytes() - before).as(what).isLessThan(memory);
    }

    /** Everything this thread has allocated so far. */
    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static byte[] image(TransferSyntax syntax) {
        SmallImage image = new SmallImage().with(Tag.RESCALE_SLOPE, "1.5").with(Tag.ACQUISITION_DATE, "20261121")
                .with(Tag.ACQUISITION_TIME, "040000").with(Tag.NUMBER_OF_FRAMES, "1");
        if (syntax != TransferSyntax.RLE_LOSSLESS) {
            return image.part10(syntax);
        }
        ByteBuffer fragment = ByteBuffer.allocate(78).put(rleHeader(2, 64, 70));
        fragment.put(new byte[]{-2, 0, 2, (byte) 0xff, 1, 0x7f});
        fragment.put(new byte[]{5, 1, 2, 3, (byte) 0xfc, (byte) 0xf4, (byte) 0xff, 0});
        return image.encapsulated(fragment.array());
    }

    private static byte[] rleHeader(int segments, int first, int second) {
        return ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(segments).putInt(first).putInt(second)
                .array();
    }
}
