package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MindTest {

    private static final int D = 7;
    private static final int H = 6;
    private static final int W = 8;
    private static final int N = D * H * W;
    private static final int[][] NEIGHBOURS = {{-2, 0, 0}, {2, 0, 0}, {0, -2, 0}, {0, 2, 0}, {0, 0, -2}, {0, 0, 2}};
    private final LossHarness mind = new LossHarness("__torch__.mind(a, x, mask)", Mind.script());

    @AfterEach
    void close() {
        mind.close();
    }

    private NDArray image(int seed) {
        return mind.random(seed, 1, 1, D, H, W);
    }

    /** Leaves the first slice out and a corner. */
    private static float[] mask() {
        float[] mask = new float[N];
        Arrays.fill(mask, H * W, N - 5, 1);
        return mask;
    }

    private NDArray tensor(float[] values) {
        return mind.tensor(values, 1, 1, D, H, W);
    }

    @Test
    void shouldFollowTheDefinitionVoxelByVoxel() {
        float[] mask = mask();
        double[][] a = descriptors(image(1).toFloatArray(), mask);
        double[][] b = descriptors(image(2).toFloatArray(), mask);

        double sum = 0;
        int n = 0;
        for (int x = 0; x < N; x++) {
            for (int c = 0; mask[x] == 1 && c < 12; c++, n++) {
                sum += (a[x][c] - b[x][c]) * (a[x][c] - b[x][c]);
            }
        }
        assertThat(mind.value(image(2), image(1), tensor(mask))).isCloseTo((float) (sum / n), within(1e-5f));
    }

    private static double[][] descriptors(float[] image, float[] mask) {
        double[][] q = new double[N][];
        double[] v = new double[N];
        double level = 0;
        int kept = 0;
        for (int x = 0; x < N; x++) {
            double[] p = distances(image, mask, x);
            double least = Arrays.stream(p).min().getAsDouble();
            q[x] = Arrays.stream(p).map(d -> d - least).toArray();
            v[x] = Arrays.stream(q[x]).average().getAsDouble();
            level += mask[x] * v[x];
            kept += (int) mask[x];
        }
        double mean = level / kept;
        for (int x = 0; x < N; x++) {
            double held = Math.min(Math.max(v[x], mean / 1000), 1000 * mean);
            q[x] = Arrays.stream(q[x]).map(d -> Math.exp(-d / held)).toArray();
        }
        return q;
    }

    /** Of the 12 pairs of neighbours that are not opposite. */
    private static double[] distances(float[] image, float[] mask, int x) {
        double[] p = new double[12];
        int c = 0;
        for (int a = 0; a < 6; a++) {
            for (int b = a + 1; b < 6; b++) {
                if (a / 2 != b / 2) {
                    p[c++] = distance(image, mask, x, NEIGHBOURS[a], NEIGHBOURS[b]);
                }
            }
        }
        return p;
    }

    private static double distance(float[] image, float[] mask, int x, int[] a, int[] b) {
        double sum = 0;
        int n = 0;
        for (int t = 0; t < 125; t++) {
            int k = x / (H * W) + t / 25 - 2;
            int j = x / W % H + t / 5 % 5 - 2;
            int i = x % W + t % 5 - 2;
            int from = index(mask, k + a[0], j + a[1], i + a[2]);
            int to = index(mask, k + b[0], j + b[1], i + b[2]);
            if (from >= 0 && to >= 0) {
                sum += Math.pow(image[from] - image[to], 2);
                n++;
            }
        }
        return n == 0 ? 0 : sum / n;
    }

    /** -1 outside. */
    private static int index(float[] mask, int k, int j, int i) {
        boolean in = k >= 0 && j >= 0 && i >= 0 && k < D && j < H && i < W;
        int x = (k * H + j) * W + i;
        return in && mask[x] == 1 ? x : -1;
    }

    @Test
    void shouldBeZeroForInvertedContrast() {
        NDArray inverted = tensor(image(3).toFloatArray());
        float[] values = inverted.toFloatArray();
        for (int x = 0; x < N; x++) {
            values[x] = 1 - values[x];
        }

        assertThat(mind.value(tensor(values), image(3), tensor(mask()))).isCloseTo(0, within(1e-9f));
        assertThat(mind.value(image(4), image(3), tensor(mask()))).isGreaterThan(0.01f);
    }

    @Test
    void shouldNotSeePadding() {
        float[] values = image(3).toFloatArray();
        float before = mind.value(tensor(values), image(4), tensor(mask()));

        Arrays.fill(values, 0, H * W, 50);

        assertThat(mind.value(tensor(values), image(4), tensor(mask()))).isEqualTo(before);
    }

    @Test
    void shouldCountConstantImagesAlike() {
        assertThat(mind.value(tensor(new float[N]), tensor(new float[N]), tensor(mask()))).isZero();
    }

    @Test
    void shouldHaveRightGradient() {
        // gain changes no value, but makes the harness's step small against where the least of the pairs changes
        float[] values = image(5).toFloatArray();
        for (int x = 0; x < N; x++) {
            values[x] *= 20;
        }

        mind.requireRightGradient(tensor(values), image(6), tensor(mask()));
    }
}
