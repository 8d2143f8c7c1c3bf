package org.regstream.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.nifti.NiftiWriter;

class FieldQualityTest {
    /** Float32 of displacements of some voxels. */
    private static final double TOLERANCE = 1e-5;

    @Test
    void shouldBeOneWithoutDisplacement() {
        // given
        DisplacementField zero = DisplacementField.zero(TestGrids.oblique(3, 4, 5));

        // when, then
        assertThat(JacobianDeterminant.of(zero).values()).containsOnly(1);
        assertThat(FieldQuality.of(zero)).isEqualTo(new FieldQuality(0, 0, 1, 1, 0));
    }

    @Test
    void shouldBeTheDeterminantOfALinearMapEverywhere() {
        // given: x -> A x, det A = 1.2 (0.8 * 1.1 - 0.2 * -0.1) - 0.3 (0.1 * 1.1 - 0.2 * 0.4) + -0.2 (0.1 * -0.1 - 0.8 * 0.4)
        double[][] a = {{1.2, 0.3, -0.2}, {0.1, 0.8, 0.2}, {0.4, -0.1, 1.1}};
        double expected = 1.2 * 0.9 - 0.3 * 0.03 + 0.2 * 0.33;

        // when, then
        assertThat(JacobianDeterminant.of(linear(TestGrids.isotropic(4, 5, 6), a)).values())
                .containsOnly(new float[]{(float) expected}, within(1e-5f));
    }

    @Test
    void shouldCubeAScalingAndTurnNegativeWhenMirrored() {
        Grid grid = TestGrids.oblique(3, 4, 5);
        assertThat(
                FieldQuality.of(linear(grid, new double[][]{{1.5, 0, 0}, {0, 1.5, 0}, {0, 0, 1.5}})).minDeterminant())
                .isCloseTo(1.5 * 1.5 * 1.5, within(TOLERANCE));
        assertThat(FieldQuality.of(linear(grid, new double[][]{{1, 0, 0}, {0, -1, 0}, {0, 0, 1}})).maxDeterminant())
                .isCloseTo(-1, within(TOLERANCE));
    }

    @Test
    void shouldBeTheRatioOfVolumesInMillimetresOnObliqueGrids() {
        for (Grid grid : new Grid[]{TestGrids.oblique(3, 4, 5), TestGrids.leftHanded(3, 4, 5),
                TestGrids.sheared(3, 4, 5)}) {
            // given
            DisplacementField u = linear(grid, new double[][]{{1.2, 0.3, -0.2}, {0.1, 0.8, 0.2}, {0.4, -0.1, 1.1}});
            Vector3 corner = moved(u, 0, 0, 0);
            Vector3 k = moved(u, 1, 0, 0).minus(corner);
            Vector3 j = moved(u, 0, 1, 0).minus(corner);
            Vector3 i = moved(u, 0, 0, 1).minus(corner);

            // when
            double determinant = JacobianDeterminant.of(u).at(1, 1, 1);

            // then
            assertThat(determinant).isCloseTo(k.dot(j.cross(i)) / grid.affine().determinant(), within(TOLERANCE));
        }
    }

    @Test
    void shouldSummariseByHandDerivedValues() {
        // given: along i u = 0, 0, 1, 3; gradient 0, 0.5, 1.5, 2; J = 1, 1.5, 2.5, 3
        DisplacementField u = alongI(0, 0, 1, 3);

        // when
        FieldQuality quality = FieldQuality.of(u);

        // then: mean 2, squared deviations 1, 0.25, 0.25, 1
        assertThat(quality.minDeterminant()).isEqualTo(1);
        assertThat(quality.maxDeterminant()).isEqualTo(3);
        assertThat(quality.sdDeterminant()).isCloseTo(Math.sqrt(2.5 / 4), within(1e-12));
        assertThat(quality.foldingFraction()).isZero();
        assertThat(quality.sdLogJacobian()).isCloseTo(sd(Math.log(4), Math.log(4.5), Math.log(5.5), Math.log(6)),
                within(1e-12));
    }

    private static double sd(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }

    @Test
    void shouldCountFolds() {
        // given: gradient -1.5, -2, 0.75, 4; J = -0.5, -1, 1.75, 5
        DisplacementField u = alongI(0, -1.5f, -4, 0);

        // when
        FieldQuality quality = FieldQuality.of(u, new boolean[]{true, true, false, false});
        FieldQuality whole = FieldQuality.of(u);

        // then
        assertThat(quality.foldingFraction()).isEqualTo(1);
        assertThat(quality.sdLogJacobian()).isCloseTo(sd(Math.log(2.5), Math.log(2)), within(1e-12));
        assertThat(quality.minDeterminant()).isEqualTo(-1);
        assertThat(quality.maxDeterminant()).isEqualTo(-0.5);
        assertThat(quality.sdDeterminant()).isEqualTo(0.25);
        assertThat(whole.foldingFraction()).isEqualTo(0.5);
    }

    @Test
    void shouldClipTheLogarithmOfWhatFoldsBelowMinusThree() {
        // given: gradient -8, -8, 0.5, 9; J = -7, -7, 1.5, 10
        DisplacementField u = alongI(0, -8, -16, -7);

        // when, then
        assertThat(FieldQuality.of(u, new boolean[]{true, false, false, true}).sdLogJacobian())
                .isCloseTo(sd(Math.log(1e-9), Math.log(13)), within(1e-12));
    }

    @Test
    void shouldCountWhatIsNotANumberAsFolded() {
        FieldQuality quality = FieldQuality.of(alongI(Float.NaN, Float.NaN, Float.NaN, Float.NaN));
        assertThat(quality.foldingFraction()).isEqualTo(1);
        assertThat(quality.sdLogJacobian()).isNaN();
    }

    @Test
    void shouldRefuseAMaskThatFitsNothing() {
        DisplacementField u = alongI(0, 0, 0, 0);
        assertThatThrownBy(() -> FieldQuality.of(u, new boolean[3])).hasMessageContaining("mask");
        assertThatThrownBy(() -> FieldQuality.of(u, new boolean[4])).hasMessageContaining("at least one voxel");
    }

    @Test
    void shouldAgreeWithNumpy(@TempDir Path dir) {
        // given
        SystemPython.assumeModules("nibabel", "numpy");
        DisplacementField u = RandomData.roughField(TestGrids.oblique(6, 7, 8), 0.7, 11);
        // three numbers a voxel, whatever they are
        NiftiWriter.write(MillimetreField.takeOwnershipOf(u.grid(), u.components()), dir.resolve("u.nii"));

        // when
        double[] expected = SystemPython.output("""
                import nibabel as nib, numpy as np
                u = nib.load('u.nii').get_fdata()[:, :, :, 0].transpose(3, 2, 1, 0)
                gradient = np.array([np.gradient(c) for c in u]).transpose(2, 3, 4, 0, 1)
                j = np.linalg.det(np.eye(3) + gradient)
                shifted = np.log(np.clip(j + 3, 1e-9, 1e9))
                for value in [(j <= 0).mean(), shifted.std(), j.min(), j.max(), j.std()]:
                    print(repr(float(value)))
                """, dir).lines().mapToDouble(Double::parseDouble).toArray();
        FieldQuality quality = FieldQuality.of(u);

        // then
        assertThat(expected[0]).as("the field folds somewhere").isPositive();
        assertThat(new double[]{quality.foldingFraction(), quality.sdLogJacobian(),
                quality.minDeterminant(), quality.maxDeterminant(),
                quality.sdDeterminant()}).containsExactly(expected, within(TOLERANCE));
    }

    private static Vector3 moved(DisplacementField u, int k, int j, int i) {
        Affine a = u.grid().affine();
        return a.toLps(k + u.at(0, k, j, i), j + u.at(1, k, j, i), i + u.at(2, k, j, i));
    }

    private static DisplacementField alongI(float... u) {
        float[] components = new float[3 * u.length];
        System.arraycopy(u, 0, components, 2 * u.length, u.length);
        return DisplacementField.takeOwnershipOf(TestGrids.isotropic(1, 1, u.length), components);
    }

    /** u(x) = A x - x. */
    private static DisplacementField linear(Grid grid, double[][] a) {
        float[] u = new float[3 * grid.size()];
        for (int c = 0, x = 0; c < 3; c++) {
            for (int k = 0; k < grid.depth(); k++) {
                for (int j = 0; j < grid.height(); j++) {
                    for (int i = 0; i < grid.width(); i++) {
                        int own = c == 0 ? k : c == 1 ? j : i;
                        u[x++] = (float) (a[c][0] * k + a[c][1] * j + a[c][2] * i - own);
                    }
                }
            }
        }
        return DisplacementField.takeOwnershipOf(grid, u);
    }
}
