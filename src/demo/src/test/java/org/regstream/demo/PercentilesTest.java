package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void shouldInterpolateBetweenOrderStatistics() {
        // given 5 values: p50 is the 3rd; p95 lies at 0.95 * 4 = 3.8, so 40 + 0.8 * (100 - 40) = 88;
        // p99 at 3.96, so 40 + 0.96 * 60 = 97.6
        Percentiles p = Percentiles.of(new double[]{40, 10, 100, 20, 30});

        assertThat(p.count()).isEqualTo(5);
        assertThat(p.p50()).isEqualTo(30);
        assertThat(p.p95()).isCloseTo(88, within(1e-9));
        assertThat(p.p99()).isCloseTo(97.6, within(1e-9));
        assertThat(p.longest()).isEqualTo(100);
    }

    @Test
    void shouldTakeMiddleOfTwo() {
        assertThat(Percentiles.of(new double[]{1, 2}).p50()).isEqualTo(1.5);
    }

    @Test
    void shouldRepeatTheOnlyValue() {
        assertThat(Percentiles.of(new double[]{7})).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
    }

    @Test
    void shouldLeaveItsInputInOrder() {
        double[] millis = {3, 1, 2};

        Percentiles.of(millis);

        assertThat(millis).containsExactly(3, 1, 2);
    }

    @Test
    void shouldRefuseNone() {
        assertThatThrownBy(() -> Percentiles.of(new double[0])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }
}
