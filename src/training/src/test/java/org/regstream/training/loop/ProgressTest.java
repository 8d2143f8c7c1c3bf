package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProgressTest {

    private static LossParts loss(double total) {
        double[] terms = new double[Term.values().length];
        terms[Term.TOTAL.ordinal()] = total;
        return LossParts.of(terms);
    }

    @Test
    void shouldStopWhenTheLossIsNotFinite() {
        assertThatThrownBy(() -> Progress.START.requireSane(loss(Double.NaN), 1))
                .isInstanceOf(DivergenceException.class)
                .hasMessageContaining("step 1").hasMessageContaining("lower --rate");
    }

    @Test
    void shouldStopWhenTheGradientIsNotFinite() {
        assertThatThrownBy(() -> Progress.START.requireSane(loss(0.5), Double.NaN))
                .isInstanceOf(DivergenceException.class).hasMessageContaining("gradient of length NaN");
        assertThatThrownBy(() -> Progress.START.requireSane(loss(0.5), Double.POSITIVE_INFINITY))
                .isInstanceOf(DivergenceException.class);
    }

    @Test
    void shouldStopWhenTheLossIsFarAboveTheFirstEpoch() {
        Progress later = Progress.START.afterEpoch(0.2);

        assertThatThrownBy(() -> later.requireSane(loss(30.3), 1)).isInstanceOf(DivergenceException.class);
    }

    @Test
    void shouldGoOnWithinTheUsualSpread() {
        Progress later = Progress.START.afterEpoch(0.2).afterEpoch(-0.1);

        assertThatCode(() -> later.requireSane(loss(30.1), 1)).doesNotThrowAnyException();
        assertThatCode(() -> Progress.START.requireSane(loss(29), 1)).doesNotThrowAnyException();
    }
}
