package org.regstream.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

class NlccTest {
    private static final Grid GRID = TestGrids.oblique(6, 7, 9);

    /** Invariance to gain and offset, in float32 images. */
    private static final double GAIN = 1e-5;

    @Test
    void shouldBeOneForEqualImages() {
        Volume image = RandomData.volume(GRID, 1);
        assertThat(Nlcc.of(image, image)).isCloseTo(1, within(1e-12));
    }

    @Test
    void shouldNotDependOnGainAndOffset() {
        // given
        Volume a = RandomData.volume(GRID, 1);
        Volume b = RandomData.volume(GRID, 2);

        // when, then: a negative gain too, since the correlation is squared
        assertThat(Nlcc.of(map(a, 300, -1000), map(b, -2, 5))).isCloseTo(Nlcc.of(a, b), within(GAIN));
        assertThat(Nlcc.of(a, map(a, -40, 7))).isCloseTo(1, within(GAIN));
    }

    @Test
    void shouldFollowTheDefinition() {
        for (int window : new int[]{3, 5, 9}) {
            Volume a = RandomData.volume(GRID, 1);
            Volume b = RandomData.volume(GRID, 2);
            assertThat(Nlcc.of(a, b, window, null)).isCloseTo(definition(a, b, window, all()), within(1e-9));
        }
    }

    @Test
    void shouldLookAtNothingOutsideTheMask() {
        // given
        Random random = new Random(4);
        boolean[] mask = all();
        float[] noisy = RandomData.volume(GRID, 2).values().clone();
        for (int x = 0; x < mask.length; x++) {
            mask[x] = random.nextInt(3) > 0;
            noisy[x] = mask[x] ? noisy[x] : Float.NaN;
        }
        Volume a = RandomData.volume(GRID, 1);
        Volume b = Volume.takeOwnershipOf(GRID, noisy);

        // when, then
        assertThat(Nlcc.of(a, b, 5, mask)).isCloseTo(definition(a, b, 5, mask), within(1e-9));
    }

    @Test
    void shouldCountConstantWindowsAsZero() {
        // given: equal images, constant but for the outer columns
        Volume flat = Volume.takeOwnershipOf(GRID, filled(0.1f));
        float[] values = filled(1e4f);
        for (int x = 0; x < values.length; x += 9) {
            values[x] = x;
        }
        Volume partly = Volume.takeOwnershipOf(GRID, values);

        // when, then: windows of 3 voxels see the outer column from the first two of nine columns
        assertThat(Nlcc.of(flat, flat)).isZero();
        assertThat(Nlcc.of(flat, partly)).isZero();
        assertThat(Nlcc.of(partly, partly, 3, null)).isCloseTo(2.0 / 9, within(1e-9));
    }

    @Test
    void shouldWorkOnImagesSmallerThanTheWindow() {
        Volume a = RandomData.volume(TestGrids.isotropic(1, 2, 3), 1);
        Volume b = RandomData.volume(TestGrids.isotropic(1, 2, 3), 2);
        double r = correlation(a.values(), b.values());
        assertThat(Nlcc.of(a, b, 9, null)).isCloseTo(r * r, within(1e-9));
    }

    @Test
    void shouldRefuseWhatItCannotCompare() {
        Volume a = RandomData.volume(GRID, 1);
        Volume other = RandomData.volume(TestGrids.leftHanded(6, 7, 9), 1);
        assertThatThrownBy(() -> Nlcc.of(a, other)).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> Nlcc.of(a, a, 4, null)).hasMessageContaining("odd");
        assertThatThrownBy(() -> Nlcc.of(a, a, 5, new boolean[GRID.size()])).hasMessageContaining("at least one");
    }

    private static double definition(Volume a, Volume b, int window, boolean[] mask) {
        double sum = 0;
        int n = 0;
        for (int x = 0; x < mask.length; x++) {
            if (mask[x]) {
                double r = correlation(window(a, x, window, mask), window(b, x, window, mask));
                sum += Double.isNaN(r) ? 0 : r * r;
                n++;
            }
        }
        return sum / n;
    }

    private static float[] window(Volume v, int x, int window, boolean[] mask) {
        float[] found = new float[window * window * window];
        int n = 0;
        for (int y = 0; y < mask.length; y++) {
            boolean near = Math.abs(y / 63 - x / 63) <= window / 2 && Math.abs(y / 9 % 7 - x / 9 % 7) <= window / 2
                    && Math.abs(y % 9 - x % 9) <= window / 2;
            if (near && mask[y]) {
                found[n++] = v.values()[y];
            }
        }
        return Arrays.copyOf(found, n);
    }

    private static double correlation(float[] a, float[] b) {
        double meanA = 0;
        double meanB = 0;
        for (int x = 0; x < a.length; x++) {
            meanA += a[x] / (double) a.length;
            meanB += b[x] / (double) a.length;
        }
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int x = 0; x < a.length; x++) {
            aa += (a[x] - meanA) * (a[x] - meanA);
            bb += (b[x] - meanB) * (b[x] - meanB);
            ab += (a[x] - meanA) * (b[x] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static Volume map(Volume v, float gain, float offset) {
        float[] out = new float[v.values().length];
        for (int x = 0; x < out.length; x++) {
            out[x] = gain * v.values()[x] + offset;
        }
        return Volume.takeOwnershipOf(v.grid(), out);
    }

    private static boolean[] all() {
        boolean[] mask = new boolean[GRID.size()];
        Arrays.fill(mask, true);
        return mask;
    }

    private static float[] filled(float value) {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, value);
        return values;
    }
}
