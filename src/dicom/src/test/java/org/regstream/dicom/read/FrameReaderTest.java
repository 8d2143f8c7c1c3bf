package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.Tag;

class FrameReaderTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T04:00:00Z");
    private final FrameReader reader = new FrameReader(ReadLimits.DEFAULT, ZoneId.of("UTC"));

    @Test
    void shouldReadIdentifiersAndGrid() {
        // when
        Frame frame = read(new SmallImage());

        // then
        assertThat(frame.sopInstanceUid()).isEqualTo("1.2.3.4");
        assertThat(frame.studyInstanceUid()).isEqualTo("1.2.3");
        assertThat(frame.key().seriesInstanceUid()).isEqualTo("1.2.3.1");
        assertThat(frame.frameOfReferenceUid()).isEqualTo("1.2.3.9");
        assertThat(frame.declaredSlices()).isZero();
        assertThat(frame.acquiredAt()).isEqualTo(RECEIVED);
        assertThat(frame.slices().get(0).grid().shape()).containsExactly(1, 2, 3);
        assertThat(frame.slices().get(0).grid().affine()).isEqualTo(new Affine(new Vector3(10, 20, 30),
                new Vector3(0, 0, 2), new Vector3(0, 0.5, 0), new Vector3(0.25, 0, 0)));
    }

    /** All 24 ways to lay rows and columns along the patient axes: the normal closes the right-handed triple. */
    @Test
    void shouldPlaceEveryAxisOrder() {
        double[][] axes = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
        int orders = 0;
        for (double[] row : axes) {
            for (double[] column : axes) {
                if (row[0] * column[0] + row[1] * column[1] + row[2] * column[2] == 0) {
                    orders++;
                    assertPlaced(row, column);
                }
            }
        }
        assertThat(orders).isEqualTo(24);
    }

    private void assertPlaced(double[] row, double[] column) {
        String cosines = row[0] + "\\" + row[1] + "\\" + row[2] + "\\" + column[0] + "\\" + column[1] + "\\"
                + column[2];

        Affine affine = read(new SmallImage().with(Tag.IMAGE_ORIENTATION_PATIENT, cosines)).slices().get(0).grid()
                .affine();

        // 0.25 mm from column to column along the row, 0.5 mm from row to row along the column
        Vector3 corner = new Vector3(10 + 2 * 0.25 * row[0] + 0.5 * column[0], 20 + 2 * 0.25 * row[1] + 0.5 * column[1],
                30 + 2 * 0.25 * row[2] + 0.5 * column[2]);
        assertThat(affine.toLps(0, 1, 2).minus(corner).norm()).isLessThan(1e-12);
        assertThat(affine.determinant()).isCloseTo(-2 * 0.5 * 0.25, within(1e-12));
    }

    /** Rows run 30 degrees off the left-right axis, columns straight to the feet: normal = (-1/2, sqrt(3)/2, 0) by hand. */
    @Test
    void shouldPlaceObliqueSlice() {
        // given
        SmallImage image = new SmallImage().with(Tag.IMAGE_ORIENTATION_PATIENT, "0.866025\\0.5\\0\\0\\0\\-1");

        // when
        Affine affine = read(image).slices().get(0).grid().affine();

        // then: (0.866025, 0.5, 0) x (0, 0, -1) = (-0.5, 0.866025, 0)
        assertThat(affine.toLps(1, 0, 0).minus(new Vector3(10 - 1, 20 + 1.7320508, 30)).norm()).isLessThan(1e-5);
        assertThat(affine.toLps(0, 1, 2).minus(new Vector3(10.4330127, 20.25, 29.5)).norm()).isLessThan(1e-5);
    }

    /** Cosines of two and three decimals: no unit vectors, not at right angles, and meant to be both. */
    @ParameterizedTest
    @ValueSource(strings = {"1\\0\\0\\0\\0.98\\-0.17", "0.71\\0.71\\0\\0\\0\\-1", "0.87\\0.5\\0\\-0.49\\0.86\\0.17",
            "0.58\\0.58\\0.58\\0.71\\-0.71\\0", "0.577\\0.577\\0.577\\0.707\\-0.707\\0.001"})
    void shouldStraightenRoundedDirections(String cosines) {
        // given
        double[] told = Arrays.stream(cosines.split("\\\\")).mapToDouble(Double::parseDouble).toArray();

        // when
        Affine affine = read(new SmallImage().with(Tag.IMAGE_ORIENTATION_PATIENT, cosines)).slices().get(0).grid()
                .affine();

        // then: pixels of 0.5 x 0.25 mm at right angles, along the directions within their rounding (0.01 rad)
        Vector3 row = affine.stepI().times(1 / 0.25);
        Vector3 column = affine.stepJ().times(1 / 0.5);
        assertThat(row.norm()).isCloseTo(1, within(1e-12));
        assertThat(column.norm()).isCloseTo(1, within(1e-12));
        assertThat(row.dot(column)).isCloseTo(0, within(2e-3));
        assertThat(row.minus(new Vector3(told[0], told[1], told[2])).norm()).isLessThan(0.01);
        assertThat(column.minus(new Vector3(told[3], told[4], told[5])).norm()).isLessThan(0.01);
    }

    /** What rounding does not explain: more decimals with the same error, one decimal, a larger error. */
    @ParameterizedTest
    @ValueSource(strings = {"1\\0\\0\\0\\0.9801\\-0.17", "0.7\\0.7\\0\\0\\0\\-1", "0.87\\0.5\\0\\-0.4\\0.9\\0.17"})
    void shouldRefuseDirectionsThatRoundingDoesNotExplain(String cosines) {
        assertThatThrownBy(() -> read(new SmallImage().with(Tag.IMAGE_ORIENTATION_PATIENT, cosines)))
                .isInstanceOf(DecodeException.class).hasMessageContaining("IMAGE_ORIENTATION_PATIENT (0020,0037)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\\0\\0\\0\\0.9\\0", "1\\0\\0\\0.1\\0.994987\\0", "0\\0\\0\\0\\0\\0", "1\\0\\0\\1\\0\\0",
            "1\\0\\0\\0\\1", "1\\0\\0\\0\\1\\x", "1\\0\\0\\0\\1\\0,5"})
    void shouldRefuseDirectionsThatAreNotOrthonormal(String cosines) {
        assertThatThrownBy(() -> read(new SmallImage().with(Tag.IMAGE_ORIENTATION_PATIENT, cosines)))
                .isInstanceOf(DecodeException.class).hasMessageContaining("IMAGE_ORIENTATION_PATIENT (0020,0037)");
    }

    @ParameterizedTest
    @EnumSource(value = Tag.class, names = {"IMAGE_POSITION_PATIENT", "IMAGE_ORIENTATION_PATIENT", "PIXEL_SPACING",
            "ROWS", "COLUMNS", "BITS_ALLOCATED", "SOP_INSTANCE_UID", "SERIES_INSTANCE_UID", "STUDY_INSTANCE_UID"})
    void shouldNameWhatIsMissing(Tag tag) {
        assertThatThrownBy(() -> read(new SmallImage().without(tag))).isInstanceOf(DecodeException.class)
                .hasMessageContaining(tag.toString());
    }

    /** Assemblers remember identifiers: a hostile file must not make them remember megabytes. */
    @ParameterizedTest
    @EnumSource(value = Tag.class, names = {"SOP_INSTANCE_UID", "SERIES_INSTANCE_UID", "STUDY_INSTANCE_UID",
            "FRAME_OF_REFERENCE_UID"})
    void shouldRefuseIdentifiersLongerThanDicomAllows(Tag tag) {
        assertThatThrownBy(() -> read(new SmallImage().with(tag, "1".repeat(65)))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("1 to 64 digits and dots, got 65");
    }

    @Test
    void shouldKeepThePhaseShort() {
        SmallImage image = new SmallImage().with(Tag.TEMPORAL_POSITION_IDENTIFIER, "1e30");
        assertThat(read(image).key().phase()).isEqualTo("t1.0E30");

        image.with(Tag.TEMPORAL_POSITION_IDENTIFIER, "1".repeat(65));
        assertThat(read(image).key().phase()).as("a number that is none tells nothing").isEmpty();
    }

    @Test
    void shouldStepBySpacingBetweenSlicesBeforeThickness() {
        assertThat(stepK(new SmallImage().with(Tag.SPACING_BETWEEN_SLICES, "3.5"))).isEqualTo(3.5);
        assertThat(stepK(new SmallImage())).isEqualTo(2);
        assertThat(stepK(new SmallImage().without(Tag.SLICE_THICKNESS))).isEqualTo(1);
    }

    private double stepK(SmallImage image) {
        return read(image).slices().get(0).grid().affine().stepK().z();
    }

    @Test
    void shouldApplyRescale() {
        SmallImage image = new SmallImage().with(Tag.RESCALE_SLOPE, "2.5").with(Tag.RESCALE_INTERCEPT, "-1000");

        assertThat(read(image).slices().get(0).values()).containsExactly(-997.5f, -995, -992.5f, -1010, 250, 80917.5f);
    }

    /** Cells 0xf001, 0x07ff, 0x0800: 12 bits up to bit 11; what is above are overlay bits. */
    @ParameterizedTest
    @CsvSource({"0, 11, 1, 2047, 2048", "1, 11, 1, 2047, -2048"})
    void shouldMaskAndExtendTheSign(int representation, int highBit, float first, float second, float third) {
        // given
        byte[] cells = {0x01, (byte) 0xf0, (byte) 0xff, 0x07, 0x00, 0x08};
        SmallImage image = new SmallImage().with(Tag.ROWS, 1).with(Tag.BITS_STORED, 12).with(Tag.HIGH_BIT, highBit)
                .with(Tag.PIXEL_REPRESENTATION, representation).withPixels(cells);

        // when, then
        assertThat(read(image).slices().get(0).values()).containsExactly(first, second, third);
    }

    @Test
    void shouldReadStoredBitsAboveBitZero() {
        // given: 12 bits up to bit 15: the value is the cell / 16
        byte[] cells = {0x10, 0, 0x20, 0, 0x3f, 0};
        SmallImage image = new SmallImage().with(Tag.ROWS, 1).with(Tag.BITS_STORED, 12).with(Tag.HIGH_BIT, 15)
                .withPixels(cells);

        // when, then
        assertThat(read(image).slices().get(0).values()).containsExactly(1, 2, 3);
    }

    @Test
    void shouldReadBytes() {
        SmallImage image = new SmallImage().with(Tag.BITS_ALLOCATED, 8).with(Tag.BITS_STORED, 8).with(Tag.HIGH_BIT, 7)
                .withPixels(new byte[]{0, 1, 127, -128, -1, 5});

        assertThat(read(image).slices().get(0).values()).containsExactly(0, 1, 127, -128, -1, 5);
        assertThat(read(image.with(Tag.PIXEL_REPRESENTATION, 0)).slices().get(0).values()).containsExactly(0, 1, 127,
                128, 255, 5);
    }

    @Test
    void shouldRefuseColour() {
        SmallImage image = new SmallImage().with(Tag.SAMPLES_PER_PIXEL, 3).with(Tag.PHOTOMETRIC_INTERPRETATION, "RGB");

        assertThatThrownBy(() -> read(image)).isInstanceOf(DecodeException.class).hasMessageContaining("colour");
    }

    @Test
    void shouldReadEveryMarkThatMayTellVolumesApart() {
        SmallImage image = new SmallImage();
        assertThat(read(image).key().phase()).isEmpty();
        assertThat(read(image.with(Tag.TRIGGER_TIME, "12.50")).key().phase()).isEqualTo("r12.5");
        assertThat(read(image.with(Tag.ACQUISITION_NUMBER, "04")).key().phase()).isEqualTo("r12.5 a4");
        assertThat(read(image.with(Tag.ECHO_TIME, "2")).key().phase()).isEqualTo("r12.5 e2 a4");
        assertThat(read(image.with(Tag.TEMPORAL_POSITION_IDENTIFIER, "7")).key().phase())
                .isEqualTo("t7 r12.5 e2 a4");
    }

    /** PS3.3 section C.7.5.1.1.2: what fills the matrix up is no image. */
    @Test
    void shouldReadPaddingAsNoImage() {
        // stored: 1, 2, 3, -4, 500, 32767
        assertThat(values(new SmallImage().with(Tag.PIXEL_PADDING_VALUE, 0xfffc))).as("-4 as unsigned")
                .containsExactly(1, 2, 3, Float.NaN, 500, 32767);
        assertThat(values(new SmallImage().with(Tag.PIXEL_PADDING_VALUE, 1).with(Tag.PIXEL_PADDING_RANGE_LIMIT, 0xfffc)
                .with(Tag.RESCALE_SLOPE, "2"))).as("-4 to 1, before scaling")
                .containsExactly(Float.NaN, 4, 6, Float.NaN, 1000, 65534);
        assertThat(values(new SmallImage().with(Tag.PIXEL_PADDING_VALUE, 7))).doesNotContain(Float.NaN);
    }

    private float[] values(SmallImage image) {
        return read(image).slices().get(0).values();
    }

    /** Without a space of its own an image can be laid over another by middles. */
    @Test
    void shouldReadAnImageWithoutFrameOfReference() {
        assertThat(read(new SmallImage().without(Tag.FRAME_OF_REFERENCE_UID)).frameOfReferenceUid()).isEmpty();
        assertThat(read(new SmallImage().with(Tag.FRAME_OF_REFERENCE_UID, "")).frameOfReferenceUid()).isEmpty();
    }

    /** One frame is said, two are there: nobody would see the second. */
    @Test
    void shouldRefuseMorePixelsThanTheFramesTake() {
        assertThat(read(new SmallImage().withPixels(new byte[14]))).isNotNull();
        assertThatThrownBy(() -> read(new SmallImage().withPixels(new byte[24]))).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll("24 bytes", "expected 12", "NUMBER_OF_FRAMES");
    }

    @Test
    void shouldReadDeclaredSlices() {
        SmallImage image = new SmallImage().with(Tag.IMAGES_IN_ACQUISITION, "320");
        assertThat(read(image).declaredSlices()).as("those of a slab, perhaps").isZero();
        assertThat(read(image.with(Tag.NUMBER_OF_TEMPORAL_POSITIONS, "10")).declaredSlices()).isZero();
        assertThat(read(image.with(Tag.NUMBER_OF_TEMPORAL_POSITIONS, "1")).declaredSlices()).isEqualTo(320);
    }

    @Test
    void shouldReadAcquisitionTime() {
        SmallImage image = new SmallImage().with(Tag.CONTENT_DATE, "20261120").with(Tag.CONTENT_TIME, "235959.5");
        assertThat(read(image).acquiredAt()).isEqualTo("2026-11-20T23:59:59.500Z");

        image.with(Tag.ACQUISITION_DATE, "2026.11.20").with(Tag.ACQUISITION_TIME, "0102");
        assertThat(read(image).acquiredAt()).isEqualTo("2026-11-20T01:02:00Z");

        image.with(Tag.TIMEZONE_OFFSET_FROM_UTC, "+0100");
        assertThat(read(image).acquiredAt()).isEqualTo("2026-11-20T00:02:00Z");

        image.with(Tag.ACQUISITION_DATE_TIME, "20261120100000.25-0230");
        assertThat(read(image).acquiredAt()).isEqualTo("2026-11-20T12:30:00.250Z");

        image.with(Tag.ACQUISITION_DATE_TIME, "20261340100000").with(Tag.ACQUISITION_TIME, "99");
        assertThat(read(image).acquiredAt()).isEqualTo("2026-11-20T22:59:59.500Z");
    }

    /** Five hours west of here, unless the image itself says where. */
    @Test
    void shouldReadTimesInTheZoneOfTheScannerWhereImagesDoNotTell() {
        SmallImage image = acquired("20261120", "100000");
        assertThat(read(image, "America/New_York", RECEIVED)).isEqualTo("2026-11-20T15:00:00Z");

        image.with(Tag.TIMEZONE_OFFSET_FROM_UTC, "+0100");
        assertThat(read(image, "America/New_York", RECEIVED)).isEqualTo("2026-11-20T09:00:00Z");
    }

    /** From two to three in the morning of 25 October comes twice in Berlin; a live image came a moment after it was acquired. */
    @ParameterizedTest
    @CsvSource({"023000, 2026-10-25T00:30:05Z, 2026-10-25T00:30:00Z",
            "025959, 2026-10-25T01:00:03Z, 2026-10-25T00:59:59Z",
            "020000, 2026-10-25T01:00:01Z, 2026-10-25T01:00:00Z", "023000, 2026-10-25T01:30:05Z, 2026-10-25T01:30:00Z",
            "023000, 2026-10-25T01:29:57Z, 2026-10-25T01:30:00Z", "030000, 2026-10-25T02:00:01Z, 2026-10-25T02:00:00Z"})
    void shouldGoOnWhenSummerTimeEnds(String time, Instant receivedAt, Instant acquiredAt) {
        assertThat(read(acquired("20261025", time), "Europe/Berlin", receivedAt)).isEqualTo(acquiredAt);
    }

    private static SmallImage acquired(String date, String time) {
        return new SmallImage().with(Tag.ACQUISITION_DATE, date).with(Tag.ACQUISITION_TIME, time);
    }

    private static Instant read(SmallImage image, String scanner, Instant receivedAt) {
        return new FrameReader(ReadLimits.DEFAULT, ZoneId.of(scanner)).read(image.part10(), receivedAt).get(0)
                .acquiredAt();
    }

    @Test
    void shouldRefuseIdentifiersThatAreNone() {
        assertThatThrownBy(() -> read(new SmallImage().with(Tag.SERIES_INSTANCE_UID, "Avasarala^Chrisjen")))
                .isInstanceOf(DecodeException.class)
                .hasMessage("SERIES_INSTANCE_UID (0020,000e) must be 1 to 64 digits and dots, got 18 characters, "
                        + "others among them; de-identify anew with a tool that makes valid UIDs");
    }

    private Frame read(SmallImage image) {
        List<Frame> frames = reader.read(image.part10(), RECEIVED);
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }
}
