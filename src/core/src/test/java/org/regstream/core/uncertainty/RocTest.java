package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.uncertainty.Roc.Point;

class RocTest {
    private static final double[] SCORE = {9, 8, 7, 7, 5, 4, 3};
    private static final boolean[] BAD = {true, true, false, true, false, true, false};

    @Test
    void shouldCountWhatAlertsAtEachLimit() {
        assertThat(Roc.of(SCORE, BAD).points()).containsExactly(
                new Point(Double.POSITIVE_INFINITY, Rate.of(0, 4), Rate.of(0, 3)),
                new Point(9, Rate.of(1, 4), Rate.of(0, 3)), new Point(8, Rate.of(2, 4), Rate.of(0, 3)),
                new Point(7, Rate.of(3, 4), Rate.of(1, 3)), new Point(5, Rate.of(3, 4), Rate.of(2, 3)),
                new Point(4, Rate.of(4, 4), Rate.of(2, 3)), new Point(3, Rate.of(4, 4), Rate.of(3, 3)));
    }

    @Test
    void shouldEncloseTheAreaThatPairsGive() {
        // given
        var points = Roc.of(SCORE, BAD).points();

        // when
        double area = 0;
        for (int at = 1; at < points.size(); at++) {
            Point a = points.get(at - 1);
            Point b = points.get(at);
            area += (b.falseAlerts().value() - a.falseAlerts().value())
                    * (a.sensitivity().value() + b.sensitivity().value()) / 2;
        }

        // then
        assertThat(area).isCloseTo(AurocTest.independent(SCORE, BAD).value(), within(1e-12));
    }

    @Test
    void shouldFindTheSensitivityThatAFalseAlertRateAllows() {
        Roc roc = Roc.of(SCORE, BAD);

        assertThat(roc.atFalseAlertRate(0).sensitivity()).isEqualTo(Rate.of(2, 4));
        assertThat(roc.atFalseAlertRate(0.4).sensitivity()).isEqualTo(Rate.of(3, 4));
        assertThat(roc.atFalseAlertRate(1).sensitivity()).isEqualTo(Rate.of(4, 4));
    }

    @Test
    void shouldSayWhichKindOfCaseIsMissing() {
        assertThatThrownBy(() -> Roc.of(new double[]{1}, new boolean[]{true}).atFalseAlertRate(0.1))
                .hasMessageContaining("at least one good case");
    }
}
