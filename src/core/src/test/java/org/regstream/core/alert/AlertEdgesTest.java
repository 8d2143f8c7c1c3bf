package org.regstream.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;

/** Values that lie on a limit, and values that are refused. */
class AlertEdgesTest {

    private static final Instant T0 = Instant.parse("2026-11-21T08:00:00Z");
    private static final AlertSettings SETTINGS = AlertSettings.withAgeBudget(Duration.ofSeconds(10));

    /** A Dice and a limit of it are enough, and so is an entropy with a limit of its own; a Dice alone is not. */
    @ParameterizedTest
    @CsvSource({"true, false, false", "true, true, false", "false, true, false", "false, false, true"})
    void shouldJudgeByWhatHasALimit(boolean hasDiceLimit, boolean hasEntropyLimit, boolean isNotJudged) {
        AlertPolicy policy = new AlertPolicy("p", List.of("head"), thresholds(hasDiceLimit, hasEntropyLimit), SETTINGS);

        List<Alert> alerts = policy.evaluate(figures(Map.of("head", 0.9), Map.of()), T0);

        assertThat(alerts.stream().map(Alert::code).toList())
                .isEqualTo(isNotJudged ? List.of(AlertCode.NOT_JUDGED) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"1, false", "0.98, false", "0.979, true"})
    void shouldCallAStructureWholeFromTheLimitOn(double share, boolean isTold) {
        AlertPolicy policy = new AlertPolicy("p", List.of("head"), thresholds(false, true), SETTINGS);

        List<Alert> alerts = policy.evaluate(figures(Map.of(), Map.of("head", share)), T0);

        assertThat(alerts.stream().anyMatch(alert -> alert.code() == AlertCode.PARTLY_COVERED)).isEqualTo(isTold);
    }

    /** Epoch and number of the event that raised it. */
    @Test
    void shouldNameAnAlertByItsFirstNumber() {
        AlertPolicy policy = new AlertPolicy("p", List.of("head"), thresholds(false, true), SETTINGS,
                new AlertMemory(36, 41, Optional.empty(), Optional.empty(), Map.of(), List.of()));

        Alert alert = policy.evaluate(figures(Map.of(), Map.of("head", 0.5)), T0).get(0);

        assertThat(alert.sequence()).isEqualTo(42);
        assertThat(alert.alertId()).isEqualTo("10-42");
    }

    @Test
    void shouldMoveWhatDisplaysConfirmedWithTheClock() {
        AlertMemory memory = new AlertMemory(1, 1, Optional.of(T0), Optional.of(T0), Map.of("wall", T0), List.of());

        AlertMemory earlier = memory.setBack(Duration.ofHours(1));

        assertThat(earlier.displays()).containsExactly(Map.entry("wall", T0.minusSeconds(3600)));
        assertThat(earlier.liveSince()).contains(T0.minusSeconds(3600));
        assertThat(earlier.newestResult()).contains(T0.minusSeconds(3600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-5S", "PT58M59.9S", "PT61M0.1S", "PT26H1M0.1S"})
    void shouldStillBelieveWhatLiesOnTheLimit(Duration lag) {
        assertThat(ClockRule.doubt(lag)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "PT61M", "PT26H1M", "PT-5.001S"})
    void shouldDoubtUpToTheLimit(Duration lag) {
        assertThat(ClockRule.doubt(lag)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"PT59.94S, 59.9 s", "PT60S, 0 h 1 min", "PT-90M, 1 h 30 min"})
    void shouldTellLengthsInWords(Duration step, String words) {
        assertThat(ClockRule.sentence(step)).endsWith("by " + words + ".");
    }

    @Test
    void shouldTakeNamesAndLengthsUpToTheLimit() {
        assertThatCode(() -> new Acknowledgement("n".repeat(64), T0, T0.plus(Acknowledgement.LONGEST)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Acknowledgement("n".repeat(65), T0, T0.plusSeconds(1)))
                .hasMessageContaining("1 to 64").hasMessageContaining("65 characters");
        assertThatThrownBy(() -> new Acknowledgement("n", T0, T0.plus(Acknowledgement.LONGEST).plusMillis(1)))
                .hasMessageContaining("at most 4 h");
        assertThatThrownBy(() -> new Acknowledgement("n", T0, T0)).hasMessageContaining("got 0 s");
    }

    static Stream<Consumer<Double>> shares() {
        return Stream.of(
                share -> new RegistrationFigures("v", T0, share, Map.of()),
                share -> new RegistrationFigures("v", T0, 0, Map.of(), Map.of("head", share)),
                share -> new RegistrationFigures("v", T0, 0, Map.of(), Map.of(), Map.of("head", share), Map.of(),
                        Map.of()),
                share -> figures(Map.of(), Map.of("head", share)));
    }

    @ParameterizedTest
    @MethodSource("shares")
    void shouldRefuseSharesThatAreNone(Consumer<Double> figures) {
        for (double share : new double[]{0, 0.5, 1}) {
            assertThatCode(() -> figures.accept(share)).doesNotThrowAnyException();
        }
        for (double share : new double[]{-0.001, 1.001, Double.NaN}) {
            assertThatThrownBy(() -> figures.accept(share)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must lie in [0, 1], got " + share);
        }
    }

    static Stream<Consumer<Duration>> spans() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(span -> new AlertPace(span, second, 1, second, second.plus(span.abs())),
                span -> new AlertPace(second, span, 1, second, second),
                span -> new AlertPace(second, span, 1, span, second),
                span -> new AlertPace(span, second, 1, second, span), AlertSettings::withAgeBudget,
                span -> new ReceiptRule(true, span));
    }

    @ParameterizedTest
    @MethodSource("spans")
    void shouldRefuseSpansThatAreNone(Consumer<Duration> spans) {
        assertThatCode(() -> spans.accept(Duration.ofSeconds(1))).doesNotThrowAnyException();
        assertThatThrownBy(() -> spans.accept(Duration.ZERO)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> spans.accept(Duration.ofSeconds(-1))).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @CsvSource({"0.001, true", "1, true", "0, false", "1.001, false"})
    void shouldTakeAReleaseThatLiesBelowItsLimit(double share, boolean isTaken) {
        Consumer<Double> made = s -> new AlertSettings(Duration.ofSeconds(1), s, AlertPace.DEFAULT,
                ReceiptRule.DEFAULT);

        if (isTaken) {
            assertThatCode(() -> made.accept(share)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> made.accept(share)).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("got " + share);
        }
    }

    private static AlertThresholds thresholds(boolean hasDiceLimit, boolean hasEntropyLimit) {
        return new AlertThresholds("1", 0.01, hasEntropyLimit ? Map.of("head", 0.5) : Map.of(),
                hasDiceLimit ? Map.of("head", new DicePredictor(0, Map.of(), Map.of(), 0, 0)) : Map.of(),
                hasDiceLimit ? Map.of("head", 0.7) : Map.of(), Map.of(), Optional.empty(), 1, "made up");
    }

    private static RegistrationFigures figures(Map<String, Double> dice, Map<String, Double> coverage) {
        return new RegistrationFigures("v", T0, 0, Map.of("head", 0.1), dice, Map.of(), Map.of(), coverage);
    }
}
