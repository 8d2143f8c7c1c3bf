package org.regstream.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.DicePredictor.Range;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.model.Verdict.NotJudged;

class DicePredictorTest {
    private static final Range ALL = new Range(0, 10);
    private static final DicePredictor ANY = new DicePredictor(0, Map.of(), Map.of(), 0, 0);

    @Test
    void shouldPredictByTheLogisticFunction() {
        // given: -1 + 3 * agreement 0.5 - 2 * spread 0.25 = 0; ln 3 below is 1 / 4, ln 4 above is 4 / 5
        DicePredictor predictor = new DicePredictor(-1, Map.of("agreement", 3.0, "spreadMm", -2.0),
                Map.of("agreement", ALL, "spreadMm", ALL), Math.log(3), Math.log(4));

        // when
        Judged judged = (Judged) predictor.predict(features(0.5, 0.25, OptionalDouble.empty()));

        // then
        assertThat(judged.dice()).isCloseTo(0.5, within(1e-12));
        assertThat(judged.low90()).isCloseTo(0.25, within(1e-12));
        assertThat(judged.high90()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void shouldNotJudgeWhatCalibrationDidNotSee() {
        // given: a guard on a feature without a weight too
        DicePredictor predictor = new DicePredictor(0, Map.of("agreement", 1.0),
                Map.of("agreement", new Range(0.5, 1), "spreadMm", new Range(0, 2)), 0, 0);

        // when, then
        assertThat(predictor.predict(features(0.5, 2, OptionalDouble.empty()))).isInstanceOf(Judged.class);
        assertThat(predictor.predict(features(0.49, 2, OptionalDouble.empty())))
                .isEqualTo(new NotJudged("agreement", 0.49, 0.5, 1));
        assertThat(predictor.predict(features(0.5, 2.1, OptionalDouble.empty())))
                .isEqualTo(new NotJudged("spreadMm", 2.1, 0, 2));
    }

    @Test
    void shouldNotJudgeByAFeatureThatCouldNotBeMeasured() {
        DicePredictor predictor = new DicePredictor(0, Map.of("outlineDice", 1.0), Map.of("outlineDice", ALL), 0, 0);

        assertThat(predictor.predict(features(1, 1, OptionalDouble.empty())))
                .isEqualTo(new NotJudged("outlineDice", Double.NaN, 0, 10));
        assertThat(predictor.predict(features(1, 1, OptionalDouble.of(0.5)))).isInstanceOf(Judged.class);
    }

    @Test
    void shouldRefuseAWeightAgainstTheMeaningOfItsFeature() {
        assertThatThrownBy(() -> new DicePredictor(0, Map.of("spreadMm", 0.1), Map.of("spreadMm", ALL), 0, 0))
                .hasMessageContaining("weight of spreadMm must be at most 0, got 0.1");
        assertThatThrownBy(() -> new DicePredictor(0, Map.of("similarity", -0.1), Map.of("similarity", ALL), 0, 0))
                .hasMessageContaining("weight of similarity must be at least 0");
    }

    @Test
    void shouldRefuseWhatIsNoPredictor() {
        assertThatThrownBy(() -> new DicePredictor(0, Map.of("age", 1.0), Map.of("age", ALL), 0, 0))
                .hasMessageContaining("no feature is called age").hasMessageContaining("logVolumeRatio");
        assertThatThrownBy(() -> new DicePredictor(Double.NaN, Map.of(), Map.of(), 0, 0))
                .hasMessageContaining("intercept");
        assertThatThrownBy(() -> new DicePredictor(0, Map.of("agreement", 1.0), Map.of(), 0, 0))
                .hasMessageContaining("agreement has a weight but no range");
        assertThatThrownBy(() -> new DicePredictor(0, Map.of(), Map.of(), -1, 0)).hasMessageContaining("lowerOffset");
        assertThatThrownBy(() -> new Range(1, 0)).hasMessageContaining("a range goes from");
    }

    @Test
    void shouldNameFeaturesOnceAndInOrder() {
        ReliabilityFeatures all = new ReliabilityFeatures(1, 2, 3, 4, 5, 6, 7, 8, OptionalDouble.of(9),
                OptionalDouble.of(10), OptionalDouble.of(11));

        assertThat(all.byName().keySet()).containsExactlyElementsOf(ReliabilityFeatures.NAMES);
        assertThat(all.byName().values()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0);
        assertThat(features(1, 1, OptionalDouble.empty()).byName()).doesNotContainKeys("outlineDice",
                "movingOutlineDice", "outlinesAgree");
        assertThatThrownBy(() -> features(Double.NaN, 0, OptionalDouble.empty()))
                .hasMessageContaining("agreement must be finite");
    }

    @Test
    void shouldFallBackToTheGenericLimits() {
        // given
        AlertThresholds limits = new AlertThresholds("1", 0, Map.of("head", 0.4), Map.of("head", ANY),
                Map.of("head", 0.7), Map.of(), Optional.of(new GenericLimits(0.3, ANY, 0.6)), 1, "made up");

        // when, then
        assertThat(limits.meanEntropyOf("head")).hasValue(0.4);
        assertThat(limits.meanEntropyOf("target")).hasValue(0.3);
        assertThat(limits.minPredictedDiceOf("target")).hasValue(0.6);
        assertThat(new AlertThresholds("1", 0, Map.of(), "none").predictorOf("target")).isEmpty();
        assertThat(new AlertThresholds("1", 0, Map.of(), "none").meanEntropyOf("target")).isEmpty();
    }

    @Test
    void shouldRefuseLimitsThatDoNotFit() {
        assertThatThrownBy(() -> limits(Map.of(), Map.of("head", 0.7), 1))
                .hasMessageContaining("must name the same structures");
        assertThatThrownBy(() -> limits(Map.of("head", ANY), Map.of("head", 7.0), 1))
                .hasMessageContaining("minPredictedDice of head must lie in [0, 1], got 7.0");
        assertThatThrownBy(() -> limits(Map.of(), Map.of(), 0)).hasMessageContaining("errorScale");
        assertThatThrownBy(() -> new GenericLimits(1,
                new DicePredictor(0, Map.of(), Map.of("outlineDice", ALL), 0, 0), 0.5))
                .hasMessageContaining("must not look at outlineDice");
    }

    private static AlertThresholds limits(Map<String, DicePredictor> predictors, Map<String, Double> min,
            double errorScale) {
        return new AlertThresholds("1", 0.1, Map.of(), predictors, min, Map.of(), Optional.empty(), errorScale, "none");
    }

    private static ReliabilityFeatures features(double agreement, double spreadMm, OptionalDouble outlineDice) {
        return new ReliabilityFeatures(0, 0, 0, agreement, 0, spreadMm, 0, 0, OptionalDouble.empty(), outlineDice,
                OptionalDouble.empty());
    }
}
