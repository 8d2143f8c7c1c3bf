package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {

    @Test
    void shouldStepAsComputedByHand() {
        // given
        float[] x = {5};
        Adam adam = new Adam(0.1, 1);

        // when, then: the first step is as long as the rate, whatever the slope
        adam.step(x, new float[]{300});
        assertThat(x[0]).isCloseTo(4.9f, within(1e-6f));

        // mean 0.9 * 30 - 30 = -3, unbiased -3 / 0.19; square unbiased 300²: a step of 0.1 * 3 / 0.19 / 300 upwards
        adam.step(x, new float[]{-300});
        assertThat(x[0]).isCloseTo(4.9f + 0.1f * 3 / 0.19f / 300, within(1e-6f));
    }

    @Test
    void shouldStayWhereThereIsNoSlope() {
        float[] x = {5};
        new Adam(0.1, 1).step(x, new float[]{0});
        assertThat(x[0]).isEqualTo(5);
    }
}
