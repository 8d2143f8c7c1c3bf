package org.regstream.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.DicePredictor;

class DiceFitTest {

    @Test
    void shouldFindTheWeightsThatMadeTheDice() {
        // when: so many cases that the ridge hardly pulls
        DicePredictor predictor = DiceFit.fit(StructureCases.random(1, 5000, 0, 3));

        // then
        assertThat(predictor.intercept()).isCloseTo(-2, within(0.01));
        assertThat(predictor.weights().get("agreement")).isCloseTo(3, within(0.01));
        assertThat(predictor.weights().get("similarity")).isCloseTo(2, within(0.01));
    }

    @Test
    void shouldGiveNoWeightToWhatDoesNotVary() {
        assertThat(DiceFit.fit(StructureCases.random(1, 20, 0.1, 3)).weights()).containsOnlyKeys("agreement",
                "similarity");
    }

    @Test
    void shouldStandAtTheLeastOfSquaresAndRidge() {
        // given
        List<StructureCase> cases = StructureCases.random(1, 15, 0.2, 4);

        // when
        DicePredictor best = DiceFit.fit(cases);

        // then: any step away costs more
        for (String name : List.of("intercept", "agreement", "similarity")) {
            for (double step : new double[]{-0.05, 0.05}) {
                Map<String, Double> weights = new HashMap<>(best.weights());
                weights.computeIfPresent(name, (n, w) -> w + step);
                double intercept = best.intercept() + (name.equals("intercept") ? step : 0);
                assertThat(cost(cases, new DicePredictor(intercept, weights))).as(name + step)
                        .isGreaterThan(cost(cases, best));
            }
        }
    }

    @Test
    void shouldNotFitASingleCase() {
        assertThatThrownBy(() -> DiceFit.fit(StructureCases.random(1, 1, 0, 3))).hasMessageContaining("got 1");
    }

    /** By definition; the ridge counts weights per standard deviation (n - 1). */
    private static double cost(List<StructureCase> cases, DicePredictor p) {
        double cost = 0;
        for (StructureCase c : cases) {
            cost += Math.pow(c.dice() - Detection.predicted(c, p), 2);
        }
        for (Map.Entry<String, Double> w : p.weights().entrySet()) {
            double[] values = cases.stream().mapToDouble(c -> c.features().orElseThrow().byName().get(w.getKey()))
                    .toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
                    / (values.length - 1);
            cost += DiceFit.RIDGE * w.getValue() * w.getValue() * variance;
        }
        return cost;
    }
}
