package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProgressTest {

    private static LossParts loss(double total) {
        return new LossParts(total, -0.1, 0.5, 0.2);
    }

    @Test
    void shouldStopWhenTheLossIsNotFinite() {
        assertThatThrownBy(() -> Progress.START.requireSane(loss(Double.NaN))).isInstanceOf(DivergenceException.class)
                .hasMessageContaining("step 1").hasMessageContaining("lower --rate");
    }

    @Test
    void shouldStopWhenTheLossIsFarAboveTheFirstEpoch() {
        Progress later = Progress.START.afterEpoch(0.2);

        assertThatThrownBy(() -> later.requireSane(loss(1.3))).isInstanceOf(DivergenceException.class);
    }

    @Test
    void shouldGoOnWithinTheUsualSpread() {
        Progress later = Progress.START.afterEpoch(0.2).afterEpoch(-0.1);

        assertThatCode(() -> later.requireSane(loss(1.1))).doesNotThrowAnyException();
        assertThatCode(() -> Progress.START.requireSane(loss(9))).doesNotThrowAnyException();
    }
}
