package org.regstream.training.calibrate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.training.calibrate.cases.StructureCase;

class FittedTest {
    private static final List<StructureCase> CASES = StructureCases.random(20, 20, 0.3, 1);

    @Test
    void shouldChooseWhatHelpsAndWeighItByItsSign() {
        DicePredictor p = Fitted.fit(CASES, false).predictor();

        assertThat(p.weights()).containsOnlyKeys("agreement", "similarity");
        p.weights().forEach(
                (name, weight) -> assertThat(weight * ReliabilityFeatures.SIGNS.get(name)).isPositive());
    }

    @Test
    void shouldGuardEveryFeatureByWhatItSawAndALittleMore() {
        // when
        DicePredictor p = Fitted.fit(CASES, false).predictor();

        // then
        double[] seen = CASES.stream().mapToDouble(c -> c.features().orElseThrow().similarity()).sorted().toArray();
        double width = seen[seen.length - 1] - seen[0];
        assertThat(p.ranges()).containsOnlyKeys(ReliabilityFeatures.NAMES);
        assertThat(p.ranges().get("similarity")).isEqualTo(new DicePredictor.Range(
                seen[0] - Fitted.WIDENED * width, seen[seen.length - 1] + Fitted.WIDENED * width));
    }

    @Test
    void shouldTellWhatItCannotJudge() {
        // given
        Fitted f = Fitted.fit(CASES, false);

        // then: more similar than anything that was seen is not better, but unknown
        Judgement j = f.judge(StructureCases.of("new", 0.95, 1, 1.5));
        assertThat(j.isNotJudged()).isTrue();
        assertThat(j.isTold()).isTrue();
        assertThat(f.judge(StructureCases.of("new", 0.95, 0.97, 0.97)).isTold()).isFalse();
        assertThat(f.judge(StructureCases.lost("new")).isTold()).isTrue();
    }

    @Test
    void shouldJudgeAnyOtherStructureWithoutOutlines() {
        Fitted f = Fitted.fit(CASES, true);

        assertThat(f.predictor().ranges()).doesNotContainKeys("outlineDice", "movingOutlineDice");
        assertThat(f.minOutlineDice()).isEmpty();
    }

    @Test
    void shouldDisputeLabelsThatLieElsewhereThanTheOutlinesHoweverWellTheyAreCarried() {
        // given: clean cases overlap from 0.85 to 0.95, swapped labels hardly
        List<StructureCase> cases = new ArrayList<>();
        Random random = new Random(2);
        for (StructureCase c : CASES) {
            ReliabilityFeatures f = c.features().orElseThrow();
            cases.add(StructureCases.of(c.kind(), c.patient(), c.dice(), f.agreement(), f.similarity(),
                    0.85 + 0.1 * random.nextDouble()));
        }

        // when
        Fitted fitted = Fitted.fit(cases, false);

        // then
        assertThat(fitted.minOutlineDice().orElseThrow()).isBetween(0.83, 0.87);
        Judgement swapped = fitted.judge(StructureCases.of(StructureCases.SWAPPED, "new", 0.97, 0.97, 0.97, 0.88));
        assertThat(swapped.disputed()).isFalse();
        assertThat(new Fitted(Fitted.fit(CASES, true).predictor(), 0, fitted.minOutlineDice(), 1)
                .judge(StructureCases.of(StructureCases.SWAPPED, "new", 0.97, 0.97, 0.97, 0.1)).disputed()).isTrue();
    }

    @Test
    void shouldSayThatThereIsNothingToAlertOn() {
        List<StructureCase> good = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            good.add(StructureCases.of("patient " + n, 0.9, 0.1 * n, 0));
        }

        assertThatThrownBy(() -> Fitted.fit(good, false)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has a Dice below 0.7").hasMessageContaining("calibrate on more images");
    }
}
