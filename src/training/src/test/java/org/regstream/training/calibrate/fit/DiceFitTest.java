package org.regstream.training.calibrate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.training.calibrate.cases.StructureCase;

class DiceFitTest {
    private static final List<String> TWO = List.of("agreement", "similarity");

    @Test
    void shouldFindTheWeightsThatMadeTheDice() {
        // when: so many cases that the ridge hardly pulls
        Linear linear = DiceFit.fit(StructureCases.random(1, 5000, 0, 3), ReliabilityFeatures.NAMES);

        // then
        assertThat(linear.intercept()).isCloseTo(-2, within(0.01));
        assertThat(linear.weights()).containsOnlyKeys("agreement", "similarity");
        assertThat(linear.weights().get("agreement")).isCloseTo(3, within(0.01));
        assertThat(linear.weights().get("similarity")).isCloseTo(2, within(0.01));
    }

    @Test
    void shouldGiveNoWeightOfTheWrongSign() {
        // given: less similarity for better Dice
        List<StructureCase> cases = StructureCases.random(1, 200, 0.1, 3).stream()
                .map(c -> StructureCases.of(c.patient(), c.dice(), c.features().orElseThrow().agreement(),
                        1 - c.features().orElseThrow().similarity()))
                .toList();

        // when
        Linear linear = DiceFit.fit(cases, TWO);

        // then
        assertThat(linear.weights()).containsOnlyKeys("agreement");
        assertThat(linear.weights().get("agreement")).isPositive();
    }

    @Test
    void shouldStandAtTheLeastOfSquaresAndRidge() {
        // given
        List<StructureCase> cases = StructureCases.random(1, 15, 0.2, 4);

        // when
        Linear best = DiceFit.fit(cases, TWO);

        // then: any step away costs more
        for (String name : List.of("intercept", "agreement", "similarity")) {
            for (double step : new double[]{-0.05, 0.05}) {
                Map<String, Double> weights = new HashMap<>(best.weights());
                weights.computeIfPresent(name, (n, w) -> w + step);
                double intercept = best.intercept() + (name.equals("intercept") ? step : 0);
                assertThat(cost(cases, new Linear(intercept, weights))).as(name + step)
                        .isGreaterThan(cost(cases, best));
            }
        }
    }

    @Test
    void shouldCountOnePatientAndTwoPeopleAlike() {
        // given: three of one patient, one of two people
        List<StructureCase> cases = List.of(StructureCases.of("a", 0.5, 0, 0), StructureCases.of("b", 0.5, 0, 0),
                StructureCases.of("c", 0.5, 0, 0),
                StructureCases.of(StructureCases.CLEAN_PEOPLE, "d", 0.5, 0, 0, 0.9));

        assertThat(DiceFit.counts(cases)).containsExactly(
                new double[]{2.0 / 3, 2.0 / 3, 2.0 / 3, 2}, within(1e-12));
    }

    @Test
    void shouldNotFitASingleCase() {
        assertThatThrownBy(() -> DiceFit.fit(StructureCases.random(1, 1, 0, 3), TWO)).hasMessageContaining("got 1");
    }

    /** By definition; the ridge counts weights per standard deviation (n - 1). */
    private static double cost(List<StructureCase> cases, Linear p) {
        double cost = 0;
        double[] counts = DiceFit.counts(cases);
        for (int n = 0; n < counts.length; n++) {
            double predicted = Linear.logistic(p.at(cases.get(n).features().orElseThrow().byName()));
            cost += counts[n] * Math.pow(cases.get(n).dice() - predicted, 2);
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
