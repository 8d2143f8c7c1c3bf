package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KullbackLeiblerTest {

    private static final Offset<Float> CLOSE = within(1e-5f);
    private static final int H = 3;
    private static final int N = 2 * H * 2;
    private static final float[] MASK = {1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1};

    private static LossHarness harness(String mean, String logVariance, int precision) {
        return new LossHarness(
                "__torch__.kullback_leibler(%s, %s, mask, %d.)".formatted(mean, logVariance, precision),
                KullbackLeibler.script());
    }

    @Test
    void shouldMatchHandComputedRow() {
        try (LossHarness loss = harness("x", "a", 2)) {
            // neighbours: 1 2 1, differences of the mean 1, 2; variance 1 but 2 at the first voxel of component j
            // λ (Σ D σ² + Σ |Δμ|²) = 2 (4 + 5 + 4 + 1 + 4) = 36; Σ log σ² = ln 2; 9 elements
            NDArray mean = loss.tensor(new float[]{0, 1, 3, 0, 0, 0, 0, 0, 0}, 1, 3, 1, 1, 3);
            float ln2 = (float) Math.log(2);
            NDArray logVariance = loss.tensor(new float[]{0, 0, 0, ln2, 0, 0, 0, 0, 0}, 1, 3, 1, 1, 3);

            assertThat(loss.value(mean, logVariance, loss.tensor(new float[]{1, 1, 1}, 1, 1, 1, 1, 3)))
                    .isCloseTo((36 - ln2) / 18, CLOSE);
        }
    }

    @Test
    void shouldAgreeWithTheMatrixForm() {
        try (LossHarness loss = harness("x", "a", 10)) {
            NDArray mean = loss.random(1, 1, 3, 2, H, 2);
            NDArray logVariance = loss.random(2, 1, 3, 2, H, 2);

            double expected = 0;
            for (int c = 0; c < 3; c++) {
                expected += divergence(10, component(mean, c), component(logVariance, c));
            }
            assertThat(loss.value(mean, logVariance, loss.tensor(MASK, 1, 1, 2, H, 2)))
                    .isCloseTo((float) (expected / (3 * 11)), CLOSE);
        }
    }

    private static float[] component(NDArray field, int c) {
        return Arrays.copyOfRange(field.toFloatArray(), c * N, (c + 1) * N);
    }

    /** 1/2 (tr(Λ Σ) - log det Σ + μᵀ Λ μ) with Λ = λ (D - A) written out. */
    private static double divergence(double lambda, float[] mean, float[] logVariance) {
        double sum = 0;
        for (int x = 0; x < N; x++) {
            int degree = 0;
            for (int y = 0; y < N; y++) {
                if (joined(x, y)) {
                    degree++;
                    sum -= lambda * mean[x] * mean[y];
                }
            }
            sum += lambda * degree * (Math.exp(logVariance[x]) + mean[x] * mean[x]) - MASK[x] * logVariance[x];
        }
        return sum / 2;
    }

    private static boolean joined(int x, int y) {
        int apart = Math.abs(x / (2 * H) - y / (2 * H)) + Math.abs(x / 2 % H - y / 2 % H) + Math.abs(x % 2 - y % 2);
        return apart == 1 && MASK[x] * MASK[y] == 1;
    }

    @Test
    void shouldHaveRightGradientIntoTheMean() {
        try (LossHarness loss = harness("x", "a", 5)) {
            loss.requireRightGradient(loss.random(3, 1, 3, 2, H, 2), loss.random(4, 1, 3, 2, H, 2),
                    loss.tensor(MASK, 1, 1, 2, H, 2));
        }
    }

    @Test
    void shouldHaveRightGradientIntoTheLogVariance() {
        try (LossHarness loss = harness("a", "x", 5)) {
            loss.requireRightGradient(loss.random(5, 1, 3, 2, H, 2), loss.random(6, 1, 3, 2, H, 2),
                    loss.tensor(MASK, 1, 1, 2, H, 2));
        }
    }
}
