package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.training.torchscript.ScriptFunction;

/** {@link Operations#step} by its definition. */
class StepTest {

    private static final int D = 5;
    private static final int H = 6;
    private static final int W = 4;
    private static final int N = D * H * W;
    private static final int CHANNELS = 2;

    private static float[] step(float[] a, float[] b, float[] damping) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ScriptFunction step = ScriptFunction.compile("a: Tensor, b: Tensor, damping: Tensor) -> Tensor",
                        "    return __torch__.step(a, b, damping)\n", ScriptOperations.HELPERS)) {
            Shape shape = new Shape(1, CHANNELS, D, H, W);
            NDArray d = manager.create(damping, new Shape(1, 1, D, H, W));
            return step.call(manager.create(a, shape), manager.create(b, shape), d).singletonOrThrow().toFloatArray();
        }
    }

    private static float[] random(int seed, int n) {
        Random random = new Random(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextFloat();
        }
        return x;
    }

    private static int at(int k, int j, int i) {
        return (Math.min(Math.max(k, 0), D - 1) * H + Math.min(Math.max(j, 0), H - 1)) * W
                + Math.min(Math.max(i, 0), W - 1);
    }

    /** Gradient of (a + b) / 2 at a voxel, the border's value going on. */
    private static double[] gradient(float[] a, float[] b, int c, int k, int j, int i) {
        int[][] ends = {{at(k + 1, j, i), at(k - 1, j, i)}, {at(k, j + 1, i), at(k, j - 1, i)},
                {at(k, j, i + 1), at(k, j, i - 1)}};
        double[] g = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int up = c * N + ends[axis][0];
            int down = c * N + ends[axis][1];
            g[axis] = (a[up] + b[up] - a[down] - b[down]) / 4;
        }
        return g;
    }

    @Test
    void shouldSolveTheDampedNormalEquationsOfEachNeighbourhood() {
        float[] a = random(1, CHANNELS * N);
        float[] b = random(2, CHANNELS * N);
        float[] damping = random(3, N);
        float[] step = step(a, b, damping);

        for (int[] x : new int[][]{{2, 3, 1}, {0, 0, 0}, {4, 5, 3}, {1, 5, 2}}) {
            double[][] m = new double[3][3];
            double[] h = new double[3];
            int count = 0;
            for (int k = Math.max(0, x[0] - 1); k <= Math.min(D - 1, x[0] + 1); k++) {
                for (int j = Math.max(0, x[1] - 1); j <= Math.min(H - 1, x[1] + 1); j++) {
                    for (int i = Math.max(0, x[2] - 1); i <= Math.min(W - 1, x[2] + 1); i++) {
                        add(a, b, k, j, i, m, h);
                        count++;
                    }
                }
            }
            int here = at(x[0], x[1], x[2]);
            double[] d = new double[3];
            double square = 0;
            for (int axis = 0; axis < 3; axis++) {
                double limited = step[axis * N + here];
                d[axis] = limited;
                square += limited * limited;
            }
            // step = d / sqrt(1 + |d|^2 / 4), so d = step / sqrt(1 - |step|^2 / 4)
            for (int axis = 0; axis < 3; axis++) {
                d[axis] /= Math.sqrt(1 - square / 4);
            }
            for (int row = 0; row < 3; row++) {
                double left = damping[here] * d[row];
                for (int column = 0; column < 3; column++) {
                    left += m[row][column] / count * d[column];
                }
                assertThat(left).isCloseTo(h[row] / count, within(1e-4));
            }
        }
    }

    private static void add(float[] a, float[] b, int k, int j, int i, double[][] m, double[] h) {
        for (int c = 0; c < CHANNELS; c++) {
            double[] g = gradient(a, b, c, k, j, i);
            double off = a[c * N + at(k, j, i)] - b[c * N + at(k, j, i)];
            for (int row = 0; row < 3; row++) {
                h[row] += g[row] * off;
                for (int column = 0; column < 3; column++) {
                    m[row][column] += g[row] * g[column];
                }
            }
        }
    }

    @Test
    void shouldBeExactlyZeroBetweenEqualFeatures() {
        float[] a = random(1, CHANNELS * N);

        assertThat(step(a, a, random(3, N))).containsOnly(0f);
    }

    @Test
    void shouldNeverBeTwoVoxelsLong() {
        float[] a = random(1, CHANNELS * N);
        float[] b = random(2, CHANNELS * N);
        float[] little = new float[N];
        Arrays.fill(little, 1e-4f);
        float[] step = step(a, b, little);

        for (int x = 0; x < N; x++) {
            assertThat(Math.hypot(Math.hypot(step[x], step[N + x]), step[2 * N + x])).isLessThan(2);
        }
    }
}
