package org.regstream.core.volume.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.Volume;

/** Files of nibabel read by us, and files of ours read by nibabel. */
class NiftiNibabelTest {
    /** Float32 of the header, at positions of up to 100 mm. */
    private static final double MM = 2e-5;

    /** A half turn's quaternion in float32 says its angle to 5e-4 radians only; at voxels of up to 3 mm. */
    private static final double HALF_TURN_MM = 1e-3;

    /** Rows of a RAS matrix: oblique, 0.5 x 0.75 x 2.5 mm, left-handed. */
    private static final double[] OBLIQUE = {-0.4, 0.45, 0, -12.5, -0.18, -0.36, 2, 40.25, -0.24, -0.48, -1.5, 7};

    @TempDir
    private static Path dir;

    @BeforeAll
    static void writeWithNibabel() {
        SystemPython.assumeModules("nibabel", "numpy");
        SystemPython.output(String.format(Locale.ROOT, """
                import nibabel as nib, numpy as np
                affine = np.vstack([np.reshape(%s, (3, 4)), [0, 0, 0, 1]])
                i, j, k = np.meshgrid(np.arange(5), np.arange(4), np.arange(3), indexing='ij')
                def save(name, data, order, edit=lambda image: None):
                    header = nib.Nifti1Header(endianness=order)
                    header.set_data_dtype(data.dtype)
                    image = nib.Nifti1Image(data, affine, header)
                    edit(image)
                    nib.save(image, name)
                    assert nib.load(name).header.endianness == order
                for dtype in 'uint8 int8 uint16 int16 uint32 int32 uint64 int64 float32 float64'.split():
                    base = i + 5 * j + 20 * k - (0 if dtype[0] == 'u' else 30)
                    for order in '<>':
                        save(f"{dtype}-{'little' if order == '<' else 'big'}.nii" + ('.gz' if dtype[-1] == '6' else ''),
                             base.astype(dtype), order)
                base = i + 5 * j + 20 * k
                save('scaled.nii', base.astype('int16'), '<', lambda image: image.header.set_slope_inter(0.5, -7))
                def qform_only(image):
                    image.set_sform(None, 0)
                    image.set_qform(affine, 1)
                save('qform.nii', base.astype('int16'), '<', qform_only)
                def both(image):
                    image.set_sform(affine, 2)
                    image.set_qform(np.diag([-1, 1, 1, 1]), 1)
                save('both.nii', base.astype('int16'), '<', both)
                save('series.nii', base.astype('int16')[..., None, None], '<')
                save('extension.nii', base.astype('int16'), '<', lambda image: image.header.extensions.append(
                    nib.nifti1.Nifti1Extension('comment', b'x' * 1000)))
                """, Arrays.toString(OBLIQUE)), dir);
    }

    static Stream<Arguments> everyTypeAndOrder() {
        return Arrays.stream(NiftiType.values()).map(t -> t.name().toLowerCase(Locale.ROOT))
                .flatMap(t -> Stream.of("little", "big").map(order -> Arguments.of(t, order)));
    }

    @ParameterizedTest
    @MethodSource("everyTypeAndOrder")
    void shouldReadEveryTypeInBothByteOrders(String type, String order) {
        // when
        Volume volume = NiftiReader
                .readVolume(dir.resolve(type + "-" + order + ".nii" + (type.endsWith("6") ? ".gz" : "")));

        // then
        assertHoldsTheTestImage(volume, 1, type.startsWith("u") ? 0 : -30);
    }

    @Test
    void shouldApplySlopeAndIntercept() {
        assertHoldsTheTestImage(NiftiReader.readVolume(dir.resolve("scaled.nii")), 0.5, -7);
    }

    @Test
    void shouldPlaceByQformWhereThereIsNoSform() {
        assertHoldsTheTestImage(NiftiReader.readVolume(dir.resolve("qform.nii")), 1, 0);
    }

    @Test
    void shouldPreferSform() {
        assertHoldsTheTestImage(NiftiReader.readVolume(dir.resolve("both.nii")), 1, 0);
    }

    @Test
    void shouldTolerateFurtherAxesOfLengthOne() {
        assertHoldsTheTestImage(NiftiReader.readVolume(dir.resolve("series.nii")), 1, 0);
    }

    @Test
    void shouldSkipExtensions() {
        assertHoldsTheTestImage(NiftiReader.readVolume(dir.resolve("extension.nii")), 1, 0);
    }

    @Test
    void shouldWriteVolumesThatNibabelReadsAlike() {
        for (Grid grid : new Grid[]{TestGrids.oblique(3, 4, 5), TestGrids.leftHanded(3, 4, 5),
                TestGrids.sheared(3, 4, 5), TestGrids.anisotropic(1, 4, 5)}) {
            // given
            Volume volume = RandomData.volume(grid, 7);
            NiftiWriter.write(volume, dir.resolve("ours.nii.gz"));

            // when
            double[] seen = load("ours.nii.gz");

            // then
            assertThat(Arrays.copyOf(seen, 12)).containsExactly(Ras.fromLps(grid.affine()), within(MM));
            assertThat(Arrays.copyOfRange(seen, 12, seen.length)).containsExactly(toDoubles(volume.values()));
        }
    }

    @Test
    void shouldWriteQformThatEqualsSformForEveryHalfAndQuarterTurn() {
        for (int turn = 0; turn < 48; turn++) {
            // given
            Grid grid = axisGrid(turn);
            NiftiWriter.write(Volume.takeOwnershipOf(grid, new float[grid.size()]),
                    dir.resolve("turn" + turn + ".nii"));
        }

        // when
        String differences = SystemPython.output("""
                import nibabel as nib, numpy as np
                for turn in range(48):
                    h = nib.load(f'turn{turn}.nii').header
                    assert h['qform_code'] == 1 and h['sform_code'] == 1
                    print(np.abs(h.get_qform() - h.get_sform()).max())
                """, dir);

        // then
        assertThat(numbers(differences)).containsExactly(new double[48], within(HALF_TURN_MM));
    }

    @Test
    void shouldWriteNoQformForShearedAxes() {
        // given
        NiftiWriter.write(RandomData.volume(TestGrids.sheared(2, 2, 2), 1), dir.resolve("sheared.nii"));

        // when
        String code = SystemPython.output(
                "import nibabel as nib; print(int(nib.load('sheared.nii').header['qform_code']))",
                dir);

        // then
        assertThat(code.trim()).isEqualTo("0");
    }

    @Test
    void shouldWriteLabelsThatNibabelReadsAlike() {
        // given
        LabelMap labels = RandomData.labels(TestGrids.leftHanded(3, 4, 5), 256, 3);
        NiftiWriter.write(labels, dir.resolve("labels.nii"));

        // when
        double[] seen = load("labels.nii");

        // then
        double[] expected = new double[60];
        Arrays.setAll(expected, x -> labels.labels()[x] & 0xff);
        assertThat(Arrays.copyOfRange(seen, 12, seen.length)).containsExactly(expected);
    }

    @Test
    void shouldWriteFieldsWithTheComponentsOnTheFifthAxis() {
        // given
        MillimetreField field = MillimetreField.takeOwnershipOf(TestGrids.oblique(2, 3, 4),
                RandomData.roughField(TestGrids.oblique(2, 3, 4), 2, 5).components());
        NiftiWriter.write(field, dir.resolve("field.nii.gz"));

        // when
        String shape = SystemPython.output(
                "import nibabel as n; h = n.load('field.nii.gz').header; print(h.get_data_shape(), int(h['intent_code']))",
                dir);
        double[] seen = load("field.nii.gz");

        // then
        assertThat(shape.trim()).isEqualTo("(4, 3, 2, 1, 3) 1007");
        assertThat(Arrays.copyOfRange(seen, 12, seen.length)).containsExactly(toDoubles(field.components()));
    }

    /** The 12 numbers of the affine, then the values with i fastest. */
    private static double[] load(String name) {
        return numbers(SystemPython.output("""
                import nibabel as nib
                image = nib.load('%s')
                for value in list(image.affine[:3].ravel()) + list(image.get_fdata().ravel(order='F')):
                    print(repr(float(value)))
                """.formatted(name), dir));
    }

    private static double[] numbers(String lines) {
        return lines.lines().mapToDouble(Double::parseDouble).toArray();
    }

    private static double[] toDoubles(float[] values) {
        double[] out = new double[values.length];
        Arrays.setAll(out, x -> values[x]);
        return out;
    }

    /** One of the 48 ways to lay three array axes along the patient axes. */
    private static Grid axisGrid(int turn) {
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        double[] rows = {0, 0, 0, 5, 0, 0, 0, -6, 0, 0, 0, 7};
        for (int axis = 0; axis < 3; axis++) {
            rows[4 * orders[turn / 8][axis] + axis] = (turn >> axis & 1) == 0 ? axis + 1 : -axis - 1;
        }
        return new Grid(2, 2, 2, Ras.toLps(rows));
    }

    private static void assertHoldsTheTestImage(Volume volume, double slope, double intercept) {
        assertThat(volume.grid().shape()).containsExactly(3, 4, 5);
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 4; j++) {
                for (int i = 0; i < 5; i++) {
                    assertThat(volume.at(k, j, i)).isEqualTo((float) (slope * (i + 5 * j + 20 * k) + intercept));
                    Vector3 expected = new Vector3(-row(0, i, j, k), -row(1, i, j, k), row(2, i, j, k));
                    assertThat(volume.grid().affine().toLps(k, j, i).minus(expected).norm()).isLessThan(MM);
                }
            }
        }
    }

    private static double row(int r, int i, int j, int k) {
        return OBLIQUE[4 * r] * i + OBLIQUE[4 * r + 1] * j + OBLIQUE[4 * r + 2] * k + OBLIQUE[4 * r + 3];
    }
}
