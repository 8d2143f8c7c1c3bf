package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoftDiceTest {

    private static final Offset<Float> CLOSE = within(1e-4f);
    private final LossHarness dice = new LossHarness("__torch__.soft_dice(x, a, mask)", SoftDice.script());

    @AfterEach
    void close() {
        dice.close();
    }

    private NDArray row(long channels, float... values) {
        return dice.tensor(values, 1, channels, 1, 1, values.length / channels);
    }

    @Test
    void shouldMatchHandComputedOverlap() {
        // background: 2 * 0 / (0.5 + 1) = 0; structure: 2 * 0.5 / (1.5 + 1) = 0.4; mean 0.2
        NDArray p = row(2, 0.5f, 0, 0.5f, 1);
        NDArray s = row(2, 0, 1, 1, 0);

        assertThat(dice.value(p, s, row(1, 1, 1))).isCloseTo(0.2f, CLOSE);
    }

    @Test
    void shouldBeOneForEqualLabelsAndForAbsentOnes() {
        NDArray s = row(3, 1, 0, 0, 1, 0, 0);

        assertThat(dice.value(s, s, row(1, 1, 1))).isCloseTo(1, CLOSE);
    }

    @Test
    void shouldLeaveMaskedVoxelsOut() {
        NDArray p = row(2, 1, 0, 1, 0, 1, 0);
        NDArray s = row(2, 1, 0, 0, 0, 1, 1);

        assertThat(dice.value(p, s, row(1, 1, 1, 0))).isCloseTo(1, CLOSE);
    }

    @Test
    void shouldHaveRightGradient() {
        dice.requireRightGradient(dice.random(3, 1, 3, 2, 2, 2), dice.random(4, 1, 3, 2, 2, 2),
                dice.tensor(new float[]{1, 1, 0, 1, 1, 1, 1, 1}, 1, 1, 2, 2, 2));
    }
}
