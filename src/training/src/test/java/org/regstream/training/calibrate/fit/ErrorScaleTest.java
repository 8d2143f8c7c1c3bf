package org.regstream.training.calibrate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.ScaleScores;

class ErrorScaleTest {

    @Test
    void shouldTakeTheFactorUnderWhichTheTruthIsMostLikely() {
        // given: best at 2 for all but one patient, whose ECE is told by the others' choice
        List<ScaleScores> scores = new ArrayList<>();
        for (int p = 0; p < 10; p++) {
            scores.add(scores("patient " + p, p == 0 ? 0 : ScaleScores.SCALES.indexOf(2.0)));
        }

        // when
        ErrorScale scale = ErrorScale.of(scores);

        // then: ECE is |place - best| / 10
        assertThat(scale.value()).isEqualTo(2.0);
        assertThat(scale.ece()).containsOnlyKeys(People.ONE_PATIENT);
        assertThat(scale.ece().get(People.ONE_PATIENT)).isCloseTo(0.6 / 10, within(1e-12));
        assertThat(scale.raw().get(People.ONE_PATIENT)).isCloseTo((9 * 0.2 + 0.4) / 10, within(1e-12));
    }

    private static ScaleScores scores(String patient, int best) {
        List<Double> off = new ArrayList<>();
        for (int n = 0; n < ScaleScores.SCALES.size(); n++) {
            off.add(Math.abs(n - best) / 10.0);
        }
        return new ScaleScores(patient, People.ONE_PATIENT, off, off);
    }
}
