package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmoothnessTest {

    private static final Offset<Float> CLOSE = within(1e-5f);
    private final LossHarness smoothness = new LossHarness("__torch__.smoothness(x, mask)", Smoothness.script());

    @AfterEach
    void close() {
        smoothness.close();
    }

    private NDArray mask(float... values) {
        return smoothness.tensor(values, 1, 1, 1, 1, values.length);
    }

    @Test
    void shouldMatchHandComputedDifferences() {
        // along i: component j has differences 2, 0 and component i 1, 2: (4 + 1 + 0 + 4) / 2
        NDArray u = smoothness.tensor(new float[]{0, 0, 0, 0, 2, 2, 0, 1, 3}, 1, 3, 1, 1, 3);

        assertThat(smoothness.value(u, u, mask(1, 1, 1))).isCloseTo(4.5f, CLOSE);
    }

    @Test
    void shouldCountDifferencesBetweenKeptVoxelsOnly() {
        NDArray u = smoothness.tensor(new float[]{0, 0, 0, 0, 0, 0, 0, 1, 9}, 1, 3, 1, 1, 3);

        assertThat(smoothness.value(u, u, mask(1, 1, 0))).isCloseTo(1, CLOSE);
    }

    @Test
    void shouldBeZeroForATranslation() {
        NDArray u = smoothness.tensor(new float[]{2, 2, 2, 3, 3, 3, 4, 4, 4}, 1, 3, 1, 1, 3);

        assertThat(smoothness.value(u, u, mask(1, 1, 1))).isZero();
    }

    @Test
    void shouldHaveRightGradient() {
        NDArray mask = smoothness.tensor(new float[]{1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1}, 1, 1, 2, 3, 2);

        smoothness.requireRightGradient(smoothness.random(5, 1, 3, 2, 3, 2), mask, mask);
    }
}
