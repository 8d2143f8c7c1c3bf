package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.volume.DisplacementField;
import org.regstream.dicom.Dciodvfy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.OtherProgram;
import org.regstream.dicom.Tag;

class DeformableRegistrationWriterTest {
    private static final Grid GRID = LiveSeries.GRID;
    private static final String PREOPERATIVE_SPACE = "2.25.77";

    /** Floats hold 24 bits; vectors here are below 8 mm. */
    private static final double FLOAT_MM = 1e-6;

    /**
     * GRID: origin (-12.5, 30.25, 101), stepK (0, -1.2, 1.6), stepJ (0, 0.4, 0.3), stepI (0.7, 0, 0). Voxel (1, 2, 3) lies at
     * (-12.5 + 2.1, 30.25 - 1.2 + 0.8, 101 + 1.6 + 0.6) = (-10.4, 29.85, 103.2). There u = (0.5, -1, 2) voxels, which is
     * 0.5 stepK - stepJ + 2 stepI = (1.4, -0.6 - 0.4, 0.8 - 0.3) = (1.4, -1, 0.5) mm: found at (-9, 28.85, 103.7). The
     * pre-operative window is the live one turned by 90 degrees about the head axis, (x, y, z) to (-y, x, z), and moved by
     * (100, 0, -20): the source point is (100 - 28.85, -9, 83.7) = (71.15, -9, 83.7).
     */
    @Test
    void shouldLeadAKnownPointToItsPreoperativePoint() {
        // given
        float[] u = new float[3 * GRID.size()];
        int voxel = GRID.offset(1, 2, 3);
        u[voxel] = 0.5f;
        u[GRID.size() + voxel] = -1;
        u[2 * GRID.size() + voxel] = 2;
        Grid moving = new Grid(4, 5, 7, turned(GRID.affine()).translated(new Vector3(100, 0, -20)));

        // when
        DicomObject item = deformed(write(DisplacementField.takeOwnershipOf(GRID, u), moving));

        // then
        Vector3 source = applied(item, new Vector3(-10.4, 29.85, 103.2));
        assertThat(source.minus(new Vector3(71.15, -9, 83.7)).norm()).isLessThan(FLOAT_MM);
        assertThat(matrix(item, Tag.POST_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE)).containsExactly(
                new double[]{0, -1, 0, 100, 1, 0, 0, 0, 0, 0, 1, -20, 0, 0, 0, 1}, Offset.offset(1e-9));
        assertThat(item.item(Tag.POST_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE).orElseThrow()
                .string(Tag.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX_TYPE)).isEqualTo("RIGID");
        assertThat(item.numbers(Tag.GRID_DIMENSIONS, 3)).containsExactly(7, 5, 4);
        assertThat(item.numbers(Tag.GRID_RESOLUTION, 3)).containsExactly(new double[]{0.7, 0.5, 2},
                Offset.offset(1e-12));
    }

    private static Affine turned(Affine a) {
        return new Affine(turned(a.origin()), turned(a.stepK()), turned(a.stepJ()), turned(a.stepI()));
    }

    private static Vector3 turned(Vector3 v) {
        return new Vector3(-v.y(), v.x(), v.z());
    }

    /** The live space is the registered one, the pre-operative space the source: the other way round is a wrong overlay. */
    @Test
    void shouldNameBothSpacesTheRightWayRound() {
        // given
        List<DicomObject> moving = LiveSeries.headers(GRID, "1.2.4.1", PREOPERATIVE_SPACE);

        // when
        DicomObject dicom = LiveSeries.READER.read(write(DisplacementField.zero(GRID), moving));

        // then
        assertThat(dicom.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(LiveSeries.FRAME_OF_REFERENCE);
        List<DicomObject> items = dicom.sequence(Tag.DEFORMABLE_REGISTRATION_SEQUENCE);
        assertThat(items).extracting(item -> item.string(Tag.SOURCE_FRAME_OF_REFERENCE_UID))
                .containsExactly(LiveSeries.FRAME_OF_REFERENCE, PREOPERATIVE_SPACE);
        assertThat(items.get(0).sequence(Tag.DEFORMABLE_REGISTRATION_GRID_SEQUENCE)).isEmpty();
        assertThat(items.get(1).sequence(Tag.REFERENCED_IMAGE_SEQUENCE))
                .extracting(image -> image.string(Tag.REFERENCED_SOP_INSTANCE_UID)).containsExactlyInAnyOrderElementsOf(
                        moving.stream().map(image -> image.string(Tag.SOP_INSTANCE_UID)).toList());
        assertThat(dicom.item(Tag.STUDIES_CONTAINING_OTHER_REFERENCED_INSTANCES_SEQUENCE).orElseThrow()
                .string(Tag.STUDY_INSTANCE_UID)).isEqualTo(moving.get(0).string(Tag.STUDY_INSTANCE_UID));
    }

    @Test
    void shouldMoveNothingAfterwardsInOneSpace() {
        DicomObject item = deformed(write(DisplacementField.zero(GRID), GRID));

        assertThat(matrix(item, Tag.POST_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE))
                .containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
        assertThat(applied(item, GRID.affine().toLps(3, 0, 6)).minus(GRID.affine().toLps(3, 0, 6)).norm())
                .isLessThan(1e-9);
    }

    @Test
    void shouldWriteTheSameBytesAgain() {
        assertThat(write(randomField(GRID), GRID)).isEqualTo(write(randomField(GRID), GRID));
    }

    @Test
    void shouldMarkWhatIsUndefined() {
        // given
        float[] u = new float[3 * GRID.size()];
        u[GRID.size()] = Float.NaN;
        u[2 * GRID.size() + 1] = Float.POSITIVE_INFINITY;

        // when
        float[] vectors = vectors(deformed(write(DisplacementField.takeOwnershipOf(GRID, u), GRID)));

        // then
        assertThat(vectors).startsWith(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 0, 0, 0);
    }

    @Test
    void shouldRefuseSkewedGridsAndUnnamedImages() {
        Affine a = GRID.affine();
        Grid skewed = new Grid(4, 5, 7,
                new Affine(a.origin(), a.stepK().plus(new Vector3(0.1, 0, 0)), a.stepJ(), a.stepI()));
        assertThatThrownBy(() -> write(DisplacementField.zero(skewed), GRID))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("FieldResample.onto");

        PreoperativeSpace unnamed = new PreoperativeSpace(LiveSeries.FRAME_OF_REFERENCE, List.of(),
                new Placement(GRID, GRID));
        assertThatThrownBy(() -> DeformableRegistrationWriter.write(DisplacementField.zero(GRID), unnamed,
                LiveSeries.headers(GRID), LiveSeries.PHASE, LiveSeries.ALGORITHM))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must be named");
    }

    @Test
    void shouldSatisfyDciodvfy(@TempDir Path folder) throws Exception {
        assertValid(folder.resolve("without-images.dcm"), List.of());
        assertValid(folder.resolve("with-images.dcm"), LiveSeries.headers(GRID, "1.2.4.1", PREOPERATIVE_SPACE));
    }

    private static void assertValid(Path file, List<DicomObject> moving) throws Exception {
        Files.write(file, write(randomField(GRID), moving));

        List<String> errors = Dciodvfy.errors(file);

        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.regstream.dicom.write.RealSeries#names")
    void shouldSatisfyDciodvfyForARealSeries(String name, @TempDir Path folder) throws Exception {
        // given
        RealSeries series = RealSeries.read(name);

        // when
        Grid window = new Grid(3, 4, 5, series.grid().affine());
        byte[] bytes = DeformableRegistrationWriter.write(randomField(window),
                new PreoperativeSpace(PREOPERATIVE_SPACE, List.of(), new Placement(window, window)), series.headers(),
                series.phase(), LiveSeries.ALGORITHM);

        // then
        Path file = Files.write(folder.resolve("object.dcm"), bytes);
        assertThat(Dciodvfy.errors(file)).isEmpty();
    }

    @Test
    void shouldBeReadByPydicomToTheSamePoints(@TempDir Path folder) throws Exception {
        // given
        DisplacementField u = randomField(GRID);
        Grid moving = new Grid(4, 5, 7, turned(GRID.affine()).translated(new Vector3(100, 0, -20)));
        Path file = Files.write(folder.resolve("field.dcm"), write(u, moving));

        // when: each line is a grid point and the source point that the standard's equation gives
        List<String> lines = OtherProgram.python("dump_deformation.py", List.of(file.toString()));

        // then
        assertThat(lines).hasSize(GRID.size());
        for (int x = 0; x < lines.size(); x++) {
            double[] n = Arrays.stream(lines.get(x).split("\t")).mapToDouble(Double::parseDouble).toArray();
            int k = x / 35;
            int j = x / 7 % 5;
            int i = x % 7;
            assertThat(new Vector3(n[0], n[1], n[2]).minus(GRID.affine().toLps(k, j, i)).norm()).isLessThan(1e-9);
            assertThat(new Vector3(n[3], n[4], n[5]).minus(moving.affine().toLps(k + u.at(0, k, j, i),
                    j + u.at(1, k, j, i), i + u.at(2, k, j, i))).norm()).isLessThan(FLOAT_MM);
        }
    }

    private static byte[] write(DisplacementField u, List<DicomObject> moving) {
        return DeformableRegistrationWriter.write(u,
                new PreoperativeSpace(PREOPERATIVE_SPACE, moving, new Placement(u.grid(), u.grid())),
                LiveSeries.headers(u.grid()), LiveSeries.PHASE, LiveSeries.ALGORITHM);
    }

    private static byte[] write(DisplacementField u, Grid movingWindow) {
        return DeformableRegistrationWriter.write(u,
                new PreoperativeSpace(PREOPERATIVE_SPACE, List.of(), new Placement(u.grid(), movingWindow)),
                LiveSeries.headers(u.grid()), LiveSeries.PHASE, LiveSeries.ALGORITHM);
    }

    private static DisplacementField randomField(Grid grid) {
        Random random = new Random(11);
        float[] u = new float[3 * grid.size()];
        for (int x = 0; x < u.length; x++) {
            u[x] = 4 * random.nextFloat() - 2;
        }
        return DisplacementField.takeOwnershipOf(grid, u);
    }

    /** The item of the pre-operative space, with the attributes of its grid. */
    private static DicomObject deformed(byte[] bytes) {
        DicomObject item = LiveSeries.READER.read(bytes).sequence(Tag.DEFORMABLE_REGISTRATION_SEQUENCE).get(1);
        return DicomObject.builder().all(item).all(item.item(Tag.DEFORMABLE_REGISTRATION_GRID_SEQUENCE).orElseThrow())
                .build();
    }

    /** PS3.3 section C.20.3.1.1 at a point of the grid: M_post (M_pre p + d). */
    private static Vector3 applied(DicomObject item, Vector3 p) {
        double[] o = item.numbers(Tag.IMAGE_ORIENTATION_PATIENT, 6);
        double[] start = item.numbers(Tag.IMAGE_POSITION_PATIENT, 3);
        double[] step = item.numbers(Tag.GRID_RESOLUTION, 3);
        double[] size = item.numbers(Tag.GRID_DIMENSIONS, 3);
        Vector3 row = new Vector3(o[0], o[1], o[2]);
        Vector3 column = new Vector3(o[3], o[4], o[5]);
        Vector3 d = p.minus(new Vector3(start[0], start[1], start[2]));
        int i = (int) Math.rint(d.dot(row) / step[0]);
        int j = (int) Math.rint(d.dot(column) / step[1]);
        int k = (int) Math.rint(d.dot(row.cross(column)) / step[2]);
        int at = 3 * (int) ((k * size[1] + j) * size[0] + i);
        float[] v = vectors(item);
        Vector3 moved = transformed(matrix(item, Tag.PRE_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE), p)
                .plus(new Vector3(v[at], v[at + 1], v[at + 2]));
        return transformed(matrix(item, Tag.POST_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE), moved);
    }

    private static Vector3 transformed(double[] m, Vector3 p) {
        return new Vector3(m[0] * p.x() + m[1] * p.y() + m[2] * p.z() + m[3],
                m[4] * p.x() + m[5] * p.y() + m[6] * p.z() + m[7],
                m[8] * p.x() + m[9] * p.y() + m[10] * p.z() + m[11]);
    }

    private static double[] matrix(DicomObject item, Tag sequence) {
        return item.item(sequence).orElseThrow().numbers(Tag.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX, 16);
    }

    private static float[] vectors(DicomObject item) {
        byte[] bytes = ((Element.Bytes) item.element(Tag.VECTOR_GRID_DATA).orElseThrow()).value();
        float[] vectors = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vectors);
        return vectors;
    }
}
