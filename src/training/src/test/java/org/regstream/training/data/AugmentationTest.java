package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.regstream.training.data.scan.IntensityMap;

class AugmentationTest {

    private static final int[] SHAPE = {48, 64, 48};
    private static final int N = 48 * 64 * 48;
    private static final int[] POINTS = ElasticField.POINTS;

    private static float[] draw(AugmentationSettings settings, int seed) {
        return new Augmentation(settings, SHAPE).draw(new SplittableRandom(seed));
    }

    @Test
    void shouldDrawFieldsThatNeverFold() {
        float[] pose = Pose.none(SHAPE);
        int drawn = 0;
        for (int seed = 0; seed < 100; seed++) {
            float[] field = ElasticField.draw(new SplittableRandom(seed), SHAPE, 1, pose);
            for (int cell = 0; cell < 4 * 5 * 4; cell++) {
                assertThat(leastDeterminant(field, cell / 20, cell / 4 % 5, cell % 4)).isPositive();
            }
            drawn += Arrays.equals(field, new float[ElasticField.SIZE]) ? 0 : 1;
        }
        assertThat(drawn).isBetween(30, 70);
    }

    /** Of the derivative of x + e(x) at the corners of a cell of control points. */
    private static double leastDeterminant(float[] field, int k, int j, int i) {
        double least = Double.POSITIVE_INFINITY;
        for (int corner = 0; corner < 8; corner++) {
            int[] at = {i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2)};
            double[][] m = new double[3][3];
            for (int axis = 0; axis < 3; axis++) {
                int[] low = at.clone();
                low[axis] = new int[]{i, j, k}[axis];
                int[] high = low.clone();
                high[axis]++;
                for (int c = 0; c < 3; c++) {
                    double step = 2.0 / (POINTS[2 - axis] - 1);
                    m[c][axis] = (c == axis ? 1 : 0) + (value(field, c, high) - value(field, c, low)) / step;
                }
            }
            least = Math.min(least, m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                    - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                    + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]));
        }
        return least;
    }

    private static double value(float[] field, int component, int[] xyz) {
        return field[((component * POINTS[0] + xyz[2]) * POINTS[1] + xyz[1]) * POINTS[2] + xyz[0]];
    }

    @Test
    void shouldKeepTheRowsOfTheDerivativeBelowOneAtTheLargestAmplitude() {
        double spacing = Math.min(47 / 4.0, 63 / 5.0);

        assertThat(3 * 2 * ElasticField.amplitude(SHAPE, 1) / spacing).isEqualTo(0.9, within(1e-12));
    }

    @Test
    void shouldDrawNoiseOfTheDeclaredStrength() {
        AugmentationSettings noisy = new AugmentationSettings(0, 0, 0, 0, 0, 0.1, 0);
        double largest = 0;
        int quiet = 0;
        for (int seed = 0; seed < 20; seed++) {
            float[] all = draw(noisy, seed);
            double mean = 0;
            double square = 0;
            for (int x = all.length - N; x < all.length; x++) {
                mean += all[x] / N;
                square += (double) all[x] * all[x] / N;
            }
            assertThat(mean).isCloseTo(0, within(0.001));
            assertThat(square).isLessThanOrEqualTo(0.0101);
            largest = Math.max(largest, Math.sqrt(square));
            quiet += square == 0 ? 1 : 0;
        }
        assertThat(largest).isGreaterThan(0.07);
        assertThat(quiet).isBetween(4, 16);
    }

    @Test
    void shouldChangeTheContrastOfExactlyOneImageOfEachPair() {
        AugmentationSettings contrast = new AugmentationSettings(0, 0, 0, 0, 0, 0, 1);
        float[] same = IntensityMap.identity().knots();
        int fixed = 0;
        for (int seed = 0; seed < 100; seed++) {
            float[] all = draw(contrast, seed);
            boolean fixedSame = Arrays.equals(Arrays.copyOfRange(all, 24, 24 + 33), same);
            boolean movingSame = Arrays.equals(Arrays.copyOfRange(all, 24 + 33, 24 + 66), same);
            assertThat(fixedSame).isNotEqualTo(movingSame);
            fixed += fixedSame ? 0 : 1;
        }
        assertThat(fixed).isBetween(30, 70);
    }
}
