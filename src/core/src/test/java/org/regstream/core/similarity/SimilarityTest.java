package org.regstream.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiWriter;

class SimilarityTest {
    private static final Grid GRID = TestGrids.isotropic(1, 2, 2);

    @Test
    void shouldAverageSquaredDifferences() {
        // given
        Volume a = volume(1, 2, 3, 4);
        Volume b = volume(1, 4, 3, 0);

        // when, then: (0 + 4 + 0 + 16) / 4
        assertThat(Mse.of(a, b)).isEqualTo(5);
        assertThat(Mse.of(a, b, new boolean[]{true, true, false, false})).isEqualTo(2);
        assertThat(Mse.of(a, a)).isZero();
    }

    @Test
    void shouldShareTheWholeEntropyWithItself() {
        // given: one half and two quarters: entropy 0.5 log 2 + 2 * 0.25 log 4 = 1.5 log 2
        Volume a = volume(0, 0, 5, 9);

        // when, then
        assertThat(MutualInformation.of(a, a)).isCloseTo(1.5 * Math.log(2), within(1e-12));
    }

    @Test
    void shouldShareNothingWithAnIndependentOrConstantImage() {
        assertThat(MutualInformation.of(volume(0, 0, 1, 1), volume(0, 1, 0, 1))).isZero();
        assertThat(MutualInformation.of(volume(0, 0, 1, 1), volume(7, 7, 7, 7))).isZero();
    }

    @Test
    void shouldCountOnlyTheMask() {
        Volume b = volume(3, 8, 3, 3);
        assertThat(MutualInformation.of(volume(0, 1, 0, 1), b, new boolean[]{true, true, false, false}))
                .isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void shouldAgreeWithNumpy(@TempDir Path dir) {
        // given
        SystemPython.assumeModules("nibabel", "numpy");
        Volume a = RandomData.volume(TestGrids.oblique(12, 13, 14), 1);
        float[] mixed = RandomData.volume(a.grid(), 2).values().clone();
        for (int x = 0; x < mixed.length; x++) {
            mixed[x] = 0.3f * mixed[x] + a.values()[x] * a.values()[x];
        }
        Volume b = Volume.takeOwnershipOf(a.grid(), mixed);
        NiftiWriter.write(a, dir.resolve("a.nii"));
        NiftiWriter.write(b, dir.resolve("b.nii"));

        // when
        double expected = Double.parseDouble(SystemPython.output("""
                import nibabel as nib, numpy as np
                p, _, _ = np.histogram2d(*[nib.load(n + '.nii').get_fdata().ravel() for n in 'ab'], bins=100)
                p /= p.sum()
                q = p.sum(0, keepdims=True) * p.sum(1, keepdims=True)
                print(repr(float((p[p > 0] * np.log(p[p > 0] / q[p > 0])).sum())))
                """, dir).trim());

        // then: a value on a bin's edge may fall to either side
        assertThat(MutualInformation.of(a, b)).isCloseTo(expected, within(1e-3));
    }

    @Test
    void shouldRefuseOtherGridsAndInfiniteIntensities() {
        Volume a = volume(0, 0, 1, 1);
        Volume moved = a.withGrid(TestGrids.oblique(1, 2, 2));
        assertThatThrownBy(() -> Mse.of(a, moved)).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> MutualInformation.of(a, moved)).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> MutualInformation.of(a, volume(0, Float.NaN, 1, 1))).hasMessageContaining("finite");
    }

    private static Volume volume(float... values) {
        return Volume.takeOwnershipOf(GRID, values);
    }
}
