package org.regstream.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.uncertainty.Rate;

class HeldOutTest {

    @Test
    void shouldPutTheLimitBetweenTheCasesThatMustAlertAndTheOthers() {
        // given: 20 bad cases predicted at logistic(0.1 n), n = -20 to -1, and good ones at 0.05 and 3
        DicePredictor predictor = new DicePredictor(0, Map.of("similarity", 1.0));
        List<StructureCase> cases = new ArrayList<>(IntStream.rangeClosed(1, 20)
                .mapToObj(n -> StructureCases.of("a", 0.5, 0, -0.1 * n)).toList());
        cases.add(StructureCases.of("a", 0.8, 0, 0.05));
        cases.add(StructureCases.of("a", 0.8, 0, 3));

        // when: 19 of 20 are 0.95, so the bad case nearest to the good ones may be missed
        double limit = Detection.limit(cases, predictor);

        // then: between -0.2 and -0.1
        assertThat(limit).isCloseTo((logistic(-0.2) + logistic(-0.1)) / 2, within(1e-12));
    }

    @Test
    void shouldJudgeAPatientByWhatTheOthersTaught() {
        // given
        List<StructureCase> cases = StructureCases.random(10, 12, 0.1, 5);
        List<StructureCase> otherTruth = cases.stream()
                .map(c -> c.patient().equals("patient 3")
                        ? new StructureCase(c.patient(), c.kind(), c.severity(), c.structure(), 1 - c.dice(),
                                c.features())
                        : c)
                .toList();

        // when
        HeldOut before = HeldOut.crossValidate(cases, 5);
        HeldOut after = HeldOut.crossValidate(otherTruth, 5);

        // then: its own truth does not change what it is predicted, nor the limit; it does change others
        assertThat(judgement(before, "patient 3")).isEqualTo(judgement(after, "patient 3"));
        assertThat(judgement(before, "patient 4")).isNotEqualTo(judgement(after, "patient 4"));
        assertThat(before.cases()).hasSize(120);
    }

    @Test
    void shouldCountAlertsOfBadAndOfGoodCases() {
        // given
        StructureCase bad = StructureCases.of("a", 0.5, 0, 0);
        StructureCase good = StructureCases.of("b", 0.7, 0, 0);
        HeldOut held = new HeldOut(List.of(new HeldOut.Judged(bad, 0.3, true), new HeldOut.Judged(bad, 0.9, false),
                new HeldOut.Judged(good, 0.4, true), new HeldOut.Judged(good, 0.8, false),
                new HeldOut.Judged(good, 0.8, false)));

        // then: of the pairs (0.3, 0.9) x (0.4, 0.8, 0.8) three are in order
        assertThat(held.sensitivity()).isEqualTo(Rate.of(1, 2));
        assertThat(held.falseAlerts()).isEqualTo(Rate.of(1, 3));
        assertThat(held.auroc().value()).isEqualTo(0.5);
        assertThat(held.ofKind("motion").cases()).isEmpty();
    }

    @Test
    void shouldSayThatThereIsNothingToAlertOn() {
        List<StructureCase> good = IntStream.range(0, 10)
                .mapToObj(n -> StructureCases.of("patient " + n, 0.9, 0.1 * n, 0)).toList();

        assertThatThrownBy(() -> HeldOut.crossValidate(good, 5)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has a Dice below 0.7").hasMessageContaining("calibrate on more images");
    }

    private static List<String> judgement(HeldOut held, String patient) {
        return held.cases().stream().filter(j -> j.of().patient().equals(patient))
                .map(j -> j.predicted() + " " + j.alerts()).toList();
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
