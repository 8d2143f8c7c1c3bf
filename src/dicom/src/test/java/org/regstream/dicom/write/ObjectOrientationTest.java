package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.OrientationPhantom;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.SegmentationReader;

/**
 * What lies where in the patient, whatever the order of the array: every object is read as the standard says, pixel by pixel, and
 * compared with the phantom at the position that comes out.
 */
class ObjectOrientationTest {
    private static final List<Structure> STRUCTURES = List.of(
            new Structure(1, "anterior hippocampus", "279215006", "Structure of anterior hippocampus", "#e6194b"),
            new Structure(2, "posterior hippocampus", "279216007", "Structure of posterior hippocampus", "#3cb44b"));
    private static final String PREOPERATIVE_SPACE = "1.2.4.9";

    /** Decimal strings of 16 characters keep far more, single floats of a few mm less. */
    private static final double MM = 1e-5;

    /** A value with the place it is at. */
    private record Placed(Vector3 lps, double value) {}

    static List<OrientationPhantom> all48() {
        return OrientationPhantom.all48();
    }

    @ParameterizedTest
    @MethodSource("all48")
    void shouldSegmentEveryVoxelInItsPlace(OrientationPhantom phantom) {
        // when
        DicomObject dicom = written(segmentation(phantom, SegmentationType.BINARY));

        // then: frames without a voxel of their segment are left out
        for (int segment = 1; segment <= 2; segment++) {
            int wanted = segment;
            List<Vector3> marked = pixels(dicom, bits(dicom), frame -> segmentOf(frame) == wanted).stream()
                    .filter(pixel -> pixel.value == 1).map(Placed::lps).toList();
            assertThat(marked).hasSize(phantom.labels().count(segment))
                    .allSatisfy(lps -> assertThat(OrientationPhantom.labelAt(lps)).isEqualTo(wanted));
        }
        assertThat(SegmentationReader.read(dicom, phantom.grid()).labels().labels())
                .isEqualTo(phantom.labels().labels());
    }

    @ParameterizedTest
    @MethodSource("all48")
    void shouldMapEveryLabelInItsPlace(OrientationPhantom phantom) {
        // when
        DicomObject dicom = written(segmentation(phantom, SegmentationType.LABELMAP));

        // then
        byte[] stored = bytes(dicom, Tag.PIXEL_DATA);
        double[] values = new double[stored.length];
        Arrays.setAll(values, n -> stored[n] & 0xff);
        assertThat(pixels(dicom, values, frame -> true)).hasSize(60).allSatisfy(
                pixel -> assertThat(pixel.value).isEqualTo(OrientationPhantom.labelAt(pixel.lps)));
        assertThat(SegmentationReader.read(dicom, phantom.grid()).labels().labels())
                .isEqualTo(phantom.labels().labels());
    }

    @ParameterizedTest
    @MethodSource("all48")
    void shouldPutEveryValueOfAMapInItsPlace(OrientationPhantom phantom) {
        // when
        DicomObject dicom = written(ParametricMapWriter.dataSet(phantom.values(), MapQuantity.labelEntropy(3),
                LiveSeries.headers(phantom.grid()), LiveSeries.PHASE, LiveSeries.ALGORITHM));

        // then
        assertThat(pixels(dicom, floats(dicom, Tag.FLOAT_PIXEL_DATA), frame -> true)).hasSize(60).allSatisfy(
                pixel -> assertThat(pixel.value).isEqualTo(OrientationPhantom.valueAt(pixel.lps)));
    }

    @ParameterizedTest
    @MethodSource("all48")
    void shouldLeadEveryPointToTheSamePlace(OrientationPhantom phantom) {
        // when
        DicomObject dicom = LiveSeries.READER.read(DeformableRegistrationWriter.write(phantom.field(),
                new PreoperativeSpace(PREOPERATIVE_SPACE, List.of(), new Placement(phantom.grid(), phantom.grid())),
                LiveSeries.headers(phantom.grid()), LiveSeries.PHASE, LiveSeries.ALGORITHM));

        // then
        DicomObject grid = dicom.sequence(Tag.DEFORMABLE_REGISTRATION_SEQUENCE).get(1)
                .item(Tag.DEFORMABLE_REGISTRATION_GRID_SEQUENCE).orElseThrow();
        double[] size = grid.numbers(Tag.GRID_DIMENSIONS, 3);
        double[] step = grid.numbers(Tag.GRID_RESOLUTION, 3);
        Vector3[] axes = axes(grid);
        double[] vectors = floats(grid, Tag.VECTOR_GRID_DATA);
        assertThat(vectors).hasSize(180);
        for (int n = 0; n < 60; n++) {
            Vector3 point = position(grid).plus(axes[0].times(n % size[0] * step[0]))
                    .plus(axes[1].times(Math.floor(n / size[0]) % size[1] * step[1]))
                    .plus(axes[2].times(Math.floor(n / (size[0] * size[1])) * step[2]));
            Vector3 vector = new Vector3(vectors[3 * n], vectors[3 * n + 1], vectors[3 * n + 2]);
            assertThat(vector.minus(OrientationPhantom.displacementAt(point)).norm()).isCloseTo(0, within(MM));
        }
    }

    private static DicomObject segmentation(OrientationPhantom phantom, SegmentationType type) {
        return type.dataSet(phantom.labels(), STRUCTURES, LiveSeries.headers(phantom.grid()), LiveSeries.PHASE,
                LiveSeries.ALGORITHM);
    }

    private static DicomObject written(DicomObject dataSet) {
        return LiveSeries.READER.read(DicomWriter.write(dataSet));
    }

    private static int segmentOf(DicomObject frame) {
        return frame.item(Tag.SEGMENT_IDENTIFICATION_SEQUENCE).orElseThrow().integer(Tag.REFERENCED_SEGMENT_NUMBER);
    }

    /** PS3.3 section C.7.6.2.1.1: position + column index * row cosine * column spacing + row index * column cosine * row spacing. */
    private static List<Placed> pixels(DicomObject dicom, double[] values,
            Predicate<DicomObject> wanted) {
        DicomObject shared = dicom.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).orElseThrow();
        Vector3[] axes = axes(shared.item(Tag.PLANE_ORIENTATION_SEQUENCE).orElseThrow());
        double[] spacing = shared.item(Tag.PIXEL_MEASURES_SEQUENCE).orElseThrow().numbers(Tag.PIXEL_SPACING, 2);
        List<DicomObject> frames = dicom.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        int columns = dicom.integer(Tag.COLUMNS);
        int pixels = columns * dicom.integer(Tag.ROWS);
        List<Placed> placed = new ArrayList<>();
        for (int n = 0; n < frames.size() * pixels; n++) {
            DicomObject frame = frames.get(n / pixels);
            if (wanted.test(frame)) {
                Vector3 lps = position(frame.item(Tag.PLANE_POSITION_SEQUENCE).orElseThrow())
                        .plus(axes[0].times(n % columns * spacing[1]))
                        .plus(axes[1].times(n % pixels / columns * spacing[0]));
                placed.add(new Placed(lps, values[n]));
            }
        }
        return placed;
    }

    private static Vector3 position(DicomObject plane) {
        double[] p = plane.numbers(Tag.IMAGE_POSITION_PATIENT, 3);
        return new Vector3(p[0], p[1], p[2]);
    }

    /** Along a row, along a column, and across both. */
    private static Vector3[] axes(DicomObject plane) {
        double[] o = plane.numbers(Tag.IMAGE_ORIENTATION_PATIENT, 6);
        Vector3 row = new Vector3(o[0], o[1], o[2]);
        Vector3 column = new Vector3(o[3], o[4], o[5]);
        return new Vector3[]{row, column, row.cross(column)};
    }

    private static double[] bits(DicomObject dicom) {
        byte[] packed = bytes(dicom, Tag.PIXEL_DATA);
        double[] values = new double[8 * packed.length];
        Arrays.setAll(values, n -> packed[n / 8] >> n % 8 & 1);
        return values;
    }

    private static double[] floats(DicomObject dicom, Tag tag) {
        ByteBuffer in = ByteBuffer.wrap(bytes(dicom, tag)).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[in.capacity() / Float.BYTES];
        Arrays.setAll(values, n -> in.getFloat());
        return values;
    }

    private static byte[] bytes(DicomObject dicom, Tag tag) {
        return ((Element.Bytes) dicom.element(tag).orElseThrow()).value();
    }
}
