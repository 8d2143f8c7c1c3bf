package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    void shouldBeTheRootsOfWilsonsEquation() {
        // given
        Rate rate = Rate.of(7, 20);

        // then: both ends solve (p - x)² = z² x (1 - x) / n
        for (double x : new double[]{rate.low(), rate.high()}) {
            assertThat((0.35 - x) * (0.35 - x)).isCloseTo(Rate.Z * Rate.Z * x * (1 - x) / 20, within(1e-12));
        }
        assertThat(rate.value()).isEqualTo(0.35);
        assertThat(rate.low()).isLessThan(0.35);
        assertThat(rate.high()).isGreaterThan(0.35);
    }

    @Test
    void shouldHaveAWidthWhereNothingOrEverythingWasHit() {
        // then: n / (n + z²) of the trials at least, when all 10 were hit
        assertThat(Rate.of(10, 10).low()).isCloseTo(10 / (10 + 3.841458820694124), within(1e-12));
        assertThat(Rate.of(10, 10).high()).isEqualTo(1);
        assertThat(Rate.of(0, 10).high()).isCloseTo(3.841458820694124 / (10 + 3.841458820694124), within(1e-12));
        assertThat(Rate.of(0, 10).low()).isZero();
    }

    @Test
    void shouldKnowNothingWithoutTrials() {
        assertThat(Rate.of(0, 0)).isEqualTo(new Rate(0, 0, Double.NaN, 0, 1));
        assertThatThrownBy(() -> Rate.of(3, 2)).hasMessageContaining("got 3 of 2");
    }
}
