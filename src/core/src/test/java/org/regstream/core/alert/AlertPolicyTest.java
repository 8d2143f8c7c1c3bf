package org.regstream.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.regstream.core.alert.AlertCode.CLOCKS_DISAGREE;
import static org.regstream.core.alert.AlertCode.FOLDING;
import static org.regstream.core.alert.AlertCode.GAP;
import static org.regstream.core.alert.AlertCode.INTAKE_LIMIT;
import static org.regstream.core.alert.AlertCode.LABEL_UNCERTAIN;
import static org.regstream.core.alert.AlertCode.NOT_ASSESSED;
import static org.regstream.core.alert.AlertCode.NOT_JUDGED;
import static org.regstream.core.alert.AlertCode.NO_VALID_REGISTRATION;
import static org.regstream.core.alert.AlertCode.OUTLINE_DISPUTED;
import static org.regstream.core.alert.AlertCode.PARTLY_COVERED;
import static org.regstream.core.alert.AlertCode.PATIENT_MOVED;
import static org.regstream.core.alert.AlertCode.RECEIPTS_MISSING;
import static org.regstream.core.alert.AlertCode.STALE;
import static org.regstream.core.alert.AlertCode.SUPERSEDED;
import static org.regstream.core.alert.AlertCode.WRONG_GEOMETRY;
import static org.regstream.core.alert.AlertPhase.CLEARED;
import static org.regstream.core.alert.AlertPhase.CONTINUED;
import static org.regstream.core.alert.AlertPhase.DEESCALATED;
import static org.regstream.core.alert.AlertPhase.ESCALATED;
import static org.regstream.core.alert.AlertPhase.RAISED;
import static org.regstream.core.alert.AlertPhase.UPDATED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.ConfigurationException;
import org.regstream.core.align.Motion;
import org.regstream.core.assembly.AssemblyRefusal;
import org.regstream.core.assembly.AssemblyRule;
import org.regstream.core.assembly.VolumeKey;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.Verdict.NotJudged;

/**
 * What opens and ends conditions. Limits: entropy of head 0.5 nat and tail 0.4 nat, folding 0.01; age 10 s; released at 80 %; repeated after
 * 5 s. How long and how often alerts are shown is left to {@link AlertLifeTest}.
 */
class AlertPolicyTest {

    private static final Instant T0 = Instant.parse("2026-11-21T08:00:00Z");
    private static final AlertThresholds THRESHOLDS = new AlertThresholds("2026.11.1", 0.01,
            Map.of("head", 0.5, "tail", 0.4), Map.of(), Map.of(), Map.of("head", 0.6), Optional.empty(), 1, "made up");
    private static final AlertPace AT_ONCE = new AlertPace(Duration.ofSeconds(5), Duration.ofMillis(1), 1000,
            Duration.ofMillis(1), Duration.ofDays(1));
    private static final AlertSettings SETTINGS = AlertSettings.withAgeBudget(Duration.ofSeconds(10)).with(AT_ONCE,
            ReceiptRule.DEFAULT);

    private final AlertPolicy policy = new AlertPolicy("p", List.of("head", "tail"), THRESHOLDS, SETTINGS);

    @Test
    void shouldSayNothingOfFiguresWithinTheirLimits() {
        assertThat(policy.evaluate(figures(0, 0.5, 0.4, 0.01), at(1))).isEmpty();
        assertThat(policy.open()).isEmpty();
    }

    @Test
    void shouldRaiseAlertForEachStructureAboveItsLimit() {
        // when
        List<Alert> alerts = policy.evaluate(figures(0, 0.51, 0.45, 0), at(1));

        // then
        assertThat(alerts).extracting(a -> a.structure().orElseThrow()).containsExactly("head", "tail");
        assertThat(alerts).allMatch(a -> a.code() == LABEL_UNCERTAIN && a.phase() == RAISED);
        Alert head = alerts.get(0);
        assertThat(head.measurement()).contains(new Measurement(0.51, 0.5, "nat", "2026.11.1"));
        assertThat(head.procedureId()).isEqualTo("p");
        assertThat(head.volumeId()).contains("v0");
        assertThat(head.since()).isEqualTo(at(1));
        assertThat(head.priority()).isEqualTo(AlertPriority.MEDIUM);
        assertThat(head.code().kind()).isEqualTo(AlertCode.Kind.CLINICAL);
        assertThat(head.sentence()).isEqualTo("The outline of the head is uncertain: label entropy 0.510 nat, limit "
                + "0.500. Do not rely on its outline; compare with the live image.");
    }

    @Test
    void shouldContinueAndNotRaiseAgainWhatHolds() {
        // given
        policy.evaluate(figures(0, 0.6, 0, 0), at(1));

        // when
        List<Alert> alerts = policy.evaluate(figures(1, 0.7, 0, 0), at(2));

        // then
        Alert alert = only(alerts, LABEL_UNCERTAIN, UPDATED);
        assertThat(alert.measurement().orElseThrow().value()).isEqualTo(0.7);
        assertThat(alert.since()).isEqualTo(at(1));
        assertThat(alert.at()).isEqualTo(at(2));
        assertThat(alert.volumeId()).contains("v1");
    }

    /** Released at 0.8 * 0.5 = 0.4 nat. */
    @Test
    void shouldClearAlertOnlyAtOrBelowReleaseThreshold() {
        // given
        policy.evaluate(figures(0, 0.6, 0, 0), at(1));

        // when / then
        only(policy.evaluate(figures(1, 0.49, 0, 0), at(2)), LABEL_UNCERTAIN, UPDATED);
        only(policy.evaluate(figures(2, 0.41, 0, 0), at(3)), LABEL_UNCERTAIN, UPDATED);
        Alert cleared = only(policy.evaluate(figures(3, 0.4, 0, 0), at(4)), LABEL_UNCERTAIN, CLEARED);
        assertThat(cleared.since()).isEqualTo(at(1));
        assertThat(cleared.measurement()).contains(new Measurement(0.4, 0.5, "nat", "2026.11.1"));
        assertThat(cleared.sentence()).isEqualTo("The head: its outline is within limits again.");
        assertThat(policy.evaluate(figures(4, 0.45, 0, 0), at(5))).isEmpty();
    }

    /** Cry-wolf: 200 volumes whose entropy wavers within 15 % around the limit raise one alert. */
    @Test
    void shouldRaiseOnceWhileAFigureWaversAroundItsLimit() {
        // given
        Random random = new Random(51);
        List<Alert> alerts = new ArrayList<>();

        // when
        for (int n = 0; n < 200; n++) {
            alerts.addAll(policy.evaluate(figures(n, 0.5 * (0.85 + 0.3 * random.nextDouble()), 0, 0), at(n)));
        }

        // then
        assertThat(alerts).filteredOn(a -> a.phase() == RAISED).hasSize(1);
        assertThat(alerts).noneMatch(a -> a.phase() == CLEARED);
    }

    /** A predicted Dice is held against its own limit, and the entropy does not count any more. */
    @Test
    void shouldRaiseAlertForAStructureWhosePredictedDiceIsBelowItsLimit() {
        // when
        Alert alert = only(calibrated().onAssessed(predicted(0, 0.62), at(1)), LABEL_UNCERTAIN, RAISED);

        // then
        assertThat(alert.structure()).contains("head");
        assertThat(alert.measurement()).contains(new Measurement(0.62, 0.7, "1", "2026.11.2"));
        assertThat(alert.sentence())
                .isEqualTo("The outline of the head is uncertain: predicted Dice 0.62, at least 0.70 "
                        + "wanted. Do not rely on its outline; compare with the live image.");
    }

    /** The limit of the error 1 - Dice is 0.3; it is released at 0.8 * 0.3 = 0.24, a predicted Dice of 0.76. */
    @Test
    void shouldClearPredictedDiceOnlyAtOrAboveItsReleaseThreshold() {
        // given
        AlertPolicy calibrated = calibrated();
        calibrated.onAssessed(predicted(0, 0.69), at(1));

        // when / then
        only(calibrated.onAssessed(predicted(1, 0.71), at(2)), LABEL_UNCERTAIN, UPDATED);
        only(calibrated.onAssessed(predicted(2, 0.759), at(3)), LABEL_UNCERTAIN, UPDATED);
        only(calibrated.onAssessed(predicted(3, 0.761), at(4)), LABEL_UNCERTAIN, CLEARED);
        assertThat(calibrated.onAssessed(predicted(4, 0.71), at(5))).isEmpty();
    }

    @Test
    void shouldNotJudgeLabelsThatAreStillToBeAssessed() {
        // when
        List<Alert> alerts = policy.onLabels("v0", at(0), at(1));

        // then: the age is known, the figures are not
        assertThat(alerts).isEmpty();
        only(policy.onTick(at(11)), STALE, RAISED);
        only(policy.onLabels("v12", at(12), at(12)), STALE, CLEARED);
    }

    @Test
    void shouldTellThatLabelsWereNotCheckedUntilAnAssessmentAtLeastAsNew() {
        // given
        policy.onLabels("v5", at(5), at(5));
        Alert raised = only(policy.onNotAssessed("v5", at(5), "The ensemble gave up.", at(6)), NOT_ASSESSED, RAISED);
        assertThat(raised.sentence()).isEqualTo("The ensemble gave up. The overlay is shown without a check: compare "
                + "with the live image.");

        // when / then
        assertThat(policy.onLabels("v6", at(6), at(7))).as("labels alone are no check").isEmpty();
        assertThat(policy.onAssessed(figures(4, 0, 0, 0), at(8))).as("an older volume").isEmpty();
        only(policy.onAssessed(figures(6, 0, 0, 0), at(9)), NOT_ASSESSED, CLEARED);
    }

    @Test
    void shouldRaiseFoldingWithItsShareInPercent() {
        Alert alert = only(policy.evaluate(figures(0, 0, 0, 0.025), at(1)), FOLDING, RAISED);
        assertThat(alert.measurement()).contains(new Measurement(0.025, 0.01, "1", "2026.11.1"));
        assertThat(alert.sentence()).contains("2.50 % of the volume, limit 1.00 %");
        assertThat(alert.structure()).isEmpty();
    }

    /** With a limit of 0 any folding opens and only none at all closes. */
    @Test
    void shouldClearFoldingUnderALimitOfZero() {
        // given
        AlertPolicy strict = new AlertPolicy("p", List.of(), new AlertThresholds("0", 0, Map.of(), "none"), SETTINGS);

        // when / then
        only(strict.evaluate(figures(0, 0, 0, 1e-6), at(1)), FOLDING, RAISED);
        only(strict.evaluate(figures(1, 0, 0, 1e-7), at(2)), FOLDING, UPDATED);
        only(strict.evaluate(figures(2, 0, 0, 0), at(3)), FOLDING, CLEARED);
    }

    /** A structure without a voxel has no entropy; that is not the same as a certain one. */
    @Test
    void shouldRaiseAlertForStructureThatIsNotInTheVolume() {
        // given
        RegistrationFigures without = new RegistrationFigures("v0", T0, 0, Map.of("head", 0.1));

        // when
        Alert alert = only(policy.evaluate(without, at(1)), LABEL_UNCERTAIN, RAISED);

        // then
        assertThat(alert.structure()).contains("tail");
        assertThat(alert.measurement()).isEmpty();
        assertThat(alert.priority()).as("nobody expects it where no outline is drawn").isEqualTo(AlertPriority.HIGH);
        assertThat(alert.sentence()).startsWith("The tail is not found in the live volume.");
        only(policy.evaluate(figures(1, 0.1, 0.1, 0), at(2)), LABEL_UNCERTAIN, CLEARED);
    }

    @Test
    void shouldSayThatAStructureWithoutLimitsIsNotJudged() {
        // given
        AlertPolicy policy = new AlertPolicy("p", List.of("target"), THRESHOLDS, SETTINGS);

        // when
        Alert alert = only(policy.evaluate(new RegistrationFigures("v0", T0, 0, Map.of("target", 3.0)), at(1)),
                NOT_JUDGED, RAISED);

        // then
        assertThat(alert.priority()).isEqualTo(AlertPriority.LOW);
        assertThat(alert.sentence()).contains("outline of the target").contains("has no limits for it");
    }

    @Test
    void shouldFindAStructureWithoutLimitsAgain() {
        AlertPolicy policy = new AlertPolicy("p", List.of("target"), THRESHOLDS, SETTINGS);
        only(policy.evaluate(new RegistrationFigures("v0", T0, 0, Map.of()), at(1)), LABEL_UNCERTAIN, RAISED);

        assertThat(policy.evaluate(new RegistrationFigures("v1", at(1), 0, Map.of("target", 3.0)), at(2)))
                .extracting(Alert::code, Alert::phase)
                .containsExactly(tuple(NOT_JUDGED, RAISED), tuple(LABEL_UNCERTAIN, CLEARED));
    }

    /** Head: entropy 0.9 nat, above its limit, first; then 0.1, below it. */
    @Test
    void shouldNotEndDoubtWhereNothingIsKnown() {
        // given
        AlertPolicy policy = calibrated();
        NotJudged outside = new NotJudged("spreadMm", 7, 0, 3);

        // when, then
        only(policy.evaluate(predicted(0, 0.5), at(1)), LABEL_UNCERTAIN, RAISED);
        List<Alert> alerts = policy.evaluate(unknown(1, 0.1, outside), at(2));
        assertThat(alerts).extracting(Alert::code, Alert::phase).containsExactly(tuple(NOT_JUDGED, RAISED),
                tuple(LABEL_UNCERTAIN, UPDATED));
        assertThat(alerts.get(0).sentence()).contains("its spreadMm of 7.00 lies outside 0.00 to 3.00");
        assertThat(policy.evaluate(predicted(2, 0.9), at(3))).extracting(Alert::code, Alert::phase)
                .containsExactly(tuple(NOT_JUDGED, CLEARED), tuple(LABEL_UNCERTAIN, CLEARED));
        only(policy.evaluate(unknown(3, 0.1, outside), at(4)), NOT_JUDGED, RAISED);
    }

    /** Limit 0.6, so 0.4 of dispute; released at 80 % of it, 0.32: a Dice of 0.68. */
    @Test
    void shouldRaiseAlertWhereTheNetworkOutlinesSomethingElse() {
        // given
        AlertPolicy policy = calibrated();

        // when
        Alert alert = only(policy.evaluate(disputed(0, 0.55), at(1)), OUTLINE_DISPUTED, RAISED);

        // then
        assertThat(alert.priority()).isEqualTo(AlertPriority.MEDIUM);
        assertThat(alert.code().kind()).isEqualTo(AlertCode.Kind.CLINICAL);
        assertThat(alert.measurement()).contains(new Measurement(0.55, 0.6, "1", "2026.11.2"));
        assertThat(alert.sentence()).contains("outlines the head elsewhere").contains("Dice 0.55, at least 0.60");
        assertThat(policy.evaluate(disputed(1, 0.65), at(2))).extracting(Alert::phase).doesNotContain(CLEARED);
        only(policy.evaluate(disputed(2, 0.69), at(3)), OUTLINE_DISPUTED, CLEARED);
    }

    @Test
    void shouldTellWhatTheScanDoesNotCover() {
        // given
        RegistrationFigures part = new RegistrationFigures("v0", T0, 0, Map.of("head", 0.1, "tail", 0.1), Map.of(),
                Map.of(), Map.of(), Map.of("head", 0.9, "tail", 0.99));

        // when
        Alert alert = only(policy.evaluate(part, at(1)), PARTLY_COVERED, RAISED);

        // then
        assertThat(alert.priority()).isEqualTo(AlertPriority.INFORMATION);
        assertThat(alert.sentence()).contains("covers 90 % of the head");
        only(policy.evaluate(figures(1, 0.1, 0.1, 0), at(2)), PARTLY_COVERED, CLEARED);
    }

    /** Limits 5 mm and 5 degrees, released at 4. */
    @Test
    void shouldInformOfAPatientWhoMoves() {
        // given
        assertThat(policy.onMotion("v1", at(1), new Motion(5, 5), at(1))).isEmpty();

        // when
        Alert alert = only(policy.onMotion("v2", at(2), new Motion(14.25, 12), at(2)), PATIENT_MOVED, RAISED);

        // then
        assertThat(alert.priority()).isEqualTo(AlertPriority.INFORMATION);
        assertThat(alert.measurement()).contains(new Measurement(14.25, 5, "mm", "procedure"));
        assertThat(alert.sentence()).startsWith(
                "The patient has moved by 14.3 mm and turned by 12.0 degrees since the volume before.");
        assertThat(policy.newestResult()).isEmpty();
    }

    @Test
    void shouldNotFlickerAtTheLimitOfMotion() {
        only(policy.onMotion("v1", at(1), new Motion(0.1, 5.1), at(1)), PATIENT_MOVED, RAISED);

        only(policy.onMotion("v2", at(2), new Motion(0.1, 4.9), at(2)), PATIENT_MOVED, UPDATED);
        only(policy.onMotion("v3", at(3), new Motion(4.1, 0.1), at(3)), PATIENT_MOVED, UPDATED);
        only(policy.onMotion("v4", at(4), new Motion(4, 4), at(4)), PATIENT_MOVED, CLEARED);
        assertThat(policy.onMotion("v5", at(5), new Motion(4.9, 4.9), at(5))).isEmpty();
    }

    /** "9.5 s old, at most 10.0 allowed" is no alert that anybody understands: hysteresis says what ends it. */
    @Test
    void shouldSayWhatEndsAnAlertWhoseValueIsWithinItsLimitAgain() {
        AlertPolicy calibrated = calibrated();
        policy.evaluate(figures(0, 0.6, 0, 0.02), at(1));
        calibrated.evaluate(predicted(0, 0.6), at(1));
        policy.onTick(at(20));

        assertThat(policy.evaluate(figures(11, 0.45, 0, 0.009), at(20)).stream().map(Alert::sentence))
                .satisfiesExactlyInAnyOrder(
                        s -> assertThat(s).startsWith("The newest result is 9.0 s old, up to date from 8.0 s down."),
                        s -> assertThat(s).contains("label entropy 0.450 nat, within limits from 0.400 down."),
                        s -> assertThat(s).contains("over: 0.900 % of the volume, within limits from 0.800 % down."));
        assertThat(only(calibrated.evaluate(predicted(1, 0.72), at(2)), LABEL_UNCERTAIN, UPDATED).sentence())
                .contains("predicted Dice 0.72, within limits from 0.76 up.");
    }

    @ParameterizedTest
    @CsvSource({"0.55, 'Dice 0.55, at least 0.60 wanted.'", "0.62, 'Dice 0.62, within limits from 0.68 up.'"})
    void shouldSayWhatEndsADispute(double dice, String end) {
        policy.evaluate(disputed(0, 0.3), at(1));

        List<Alert> alerts = policy.evaluate(disputed(1, dice), at(2));

        assertThat(alerts).filteredOn(alert -> alert.code() == OUTLINE_DISPUTED).extracting(Alert::sentence)
                .singleElement().asString().contains(end);
    }

    /** Whatever happens, in whatever order. */
    @Test
    void shouldNeverNameALimitThatAValueKeeps() {
        Random random = new Random(18);
        for (int n = 1; n < 5000; n++) {
            for (Alert alert : anyEvent(random, n)) {
                alert.measurement().filter(m -> alert.sentence().matches(".*(allowed|limit \\d.*|wanted)\\. .*"))
                        .ifPresent(m -> assertThat(alert.code() == OUTLINE_DISPUTED
                                ? m.value() < m.threshold()
                                : m.value() > m.threshold()).as(alert.sentence()).isTrue());
            }
        }
    }

    private static RegistrationFigures unknown(int second, double entropy, NotJudged why) {
        return new RegistrationFigures("v" + second, at(second), 0, Map.of("head", entropy), Map.of(), Map.of(),
                Map.of("head", why), Map.of());
    }

    private static RegistrationFigures disputed(int second, double outlineDice) {
        return new RegistrationFigures("v" + second, at(second), 0, Map.of("head", 0.1), Map.of("head", 0.9),
                Map.of("head", outlineDice), Map.of(), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"GAP, GAP", "TOO_FEW_SLICES, GAP", "SLICE_AFTER_CLOSE, GAP", "TOO_MANY_FRAMES, INTAKE_LIMIT",
            "TOO_MANY_BYTES, INTAKE_LIMIT", "MIXED_ORIENTATION, WRONG_GEOMETRY", "DUPLICATE_POSITION, WRONG_GEOMETRY",
            "SHEARED, WRONG_GEOMETRY", "IRREGULAR_SPACING, WRONG_GEOMETRY"})
    void shouldRaiseTechnicalAlertThatNamesTheRule(AssemblyRule rule, AlertCode code) {
        Alert alert = only(policy.onRefused(refusal(rule, 3), at(4)), code, RAISED);
        assertThat(alert.code().kind()).isEqualTo(AlertCode.Kind.TECHNICAL);
        assertThat(alert.sentence()).startsWith(rule.sentence()).contains("(19 came)").doesNotContain("2.25.");
    }

    @Test
    void shouldTellOfAGapWhileVolumesAreRefusedAndLatchItWithTheNextResult() {
        // given
        only(policy.onRefused(refusal(AssemblyRule.GAP, 1), at(2)), GAP, RAISED);
        only(policy.onRefused(refusal(AssemblyRule.GAP, 3), at(4)), GAP, UPDATED);

        // when / then
        Alert latched = only(policy.evaluate(figures(5, 0, 0, 0), at(6)), GAP, DEESCALATED);
        assertThat(latched.state()).isEqualTo(AlertState.LATCHED);
        assertThat(latched.sentence()).endsWith("It is over: A whole volume came again. Acknowledge it to close it.");
        only(policy.onRefused(refusal(AssemblyRule.GAP, 7), at(8)), GAP, ESCALATED);
    }

    /** The result of the volume before the gap, late by the time of registration, says nothing about the gap. */
    @Test
    void shouldNotClearGapWithAResultAcquiredBeforeIt() {
        // given
        policy.onRefused(refusal(AssemblyRule.GAP, 3), at(4));

        // when
        List<Alert> alerts = policy.evaluate(figures(2, 0, 0, 0), at(5));

        // then
        assertThat(alerts).isEmpty();
        assertThat(policy.open()).extracting(Alert::code).containsExactly(GAP);
    }

    @Test
    void shouldSayThatThereIsNoValidRegistrationUntilThereIsOne() {
        Alert raised = only(policy.onRejected("v3", at(3), "The live image is constant.", at(4)),
                NO_VALID_REGISTRATION, RAISED);
        assertThat(raised.sentence()).isEqualTo("The live image is constant. No overlay is shown for this volume.");
        assertThat(raised.volumeId()).contains("v3");
        only(policy.onRejected("v4", at(4), "The live image is constant.", at(5)), NO_VALID_REGISTRATION, UPDATED);
        only(policy.evaluate(figures(5, 0, 0, 0), at(6)), NO_VALID_REGISTRATION, DEESCALATED);
    }

    @Test
    void shouldRaiseWrongGeometryForVolumeInAnotherSpace() {
        Alert alert = only(policy.onWrongGeometry("v1", at(1), "Another frame of reference.", at(2)), WRONG_GEOMETRY,
                RAISED);
        assertThat(alert.sentence()).startsWith("Another frame of reference.");
        only(policy.evaluate(figures(5, 0, 0, 0), at(6)), WRONG_GEOMETRY, DEESCALATED);
    }

    @Test
    void shouldAnnounceSupersededVolumesUntilAResultComesWithoutOne() {
        // given
        Alert raised = only(policy.onSuperseded("v1", at(1), at(2)), SUPERSEDED, RAISED);
        assertThat(raised.priority()).isEqualTo(AlertPriority.INFORMATION);
        assertThat(raised.sentence()).startsWith("Volumes come faster than they can be registered.");

        // when / then: the result after it, twice (student, ensemble), then one more
        assertThat(policy.evaluate(figures(2, 0, 0, 0), at(3))).isEmpty();
        assertThat(policy.evaluate(figures(2, 0, 0, 0), at(4))).isEmpty();
        only(policy.evaluate(figures(5, 0, 0, 0), at(6)), SUPERSEDED, CLEARED);
    }

    @Test
    void shouldTellOfAVolumeThatIsOlderThanTheOneShown() {
        policy.evaluate(figures(5, 0, 0, 0), at(6));

        Alert raised = only(policy.onSuperseded("v4", at(4), at(7)), SUPERSEDED, RAISED);

        assertThat(raised.sentence()).contains("older than the one that is shown", "clock was set back");
    }

    /** FIELD D 15: a stale result must be shown as invalid. */
    @Test
    void shouldRaiseStaleOnceTheNewestResultIsOlderThanItsBudget() {
        // given
        policy.evaluate(figures(0, 0, 0, 0), at(1));

        // when / then
        assertThat(policy.onTick(at(10))).isEmpty();
        Alert alert = only(policy.onTick(at(10).plusMillis(1)), STALE, RAISED);
        assertThat(alert.measurement()).contains(new Measurement(10.001, 10, "s", "procedure"));
        assertThat(alert.priority()).isEqualTo(AlertPriority.HIGH);
        assertThat(alert.sentence()).startsWith("The newest result is 10.0 s old, at most 10.0 s allowed.");
    }

    @Test
    void shouldClearStaleOnlyWithAFreshResult() {
        // given
        policy.evaluate(figures(0, 0, 0, 0), at(1));
        policy.onTick(at(11));

        // when / then: released at 8 s
        only(policy.evaluate(figures(3, 0, 0, 0), at(12)), STALE, UPDATED);
        Alert cleared = only(policy.evaluate(figures(12, 0, 0, 0), at(13)), STALE, CLEARED);
        assertThat(cleared.volumeId()).contains("v12");
        assertThat(policy.onTick(at(14))).isEmpty();
    }

    @Test
    void shouldRaiseStaleForAResultThatIsTooOldWhenItComes() {
        only(policy.evaluate(figures(0, 0, 0, 0), at(11)), STALE, RAISED);
    }

    /** A date of 00010101, as an unset clock writes it. */
    @Test
    void shouldRaiseStaleForAnAcquisitionTwoThousandYearsAgo() {
        RegistrationFigures ancient = new RegistrationFigures("v0", Instant.parse("0001-01-01T00:00:00Z"), 0,
                Map.of("head", 0.1, "tail", 0.1));
        assertThat(only(policy.evaluate(ancient, at(1)), STALE, RAISED).measurement().orElseThrow().value())
                .isGreaterThan(6e10);
    }

    @Test
    void shouldNotLetAnOlderResultMakeTheNewestLookOlder() {
        // given
        policy.evaluate(figures(8, 0, 0, 0), at(9));

        // when
        List<Alert> alerts = policy.evaluate(figures(0, 0, 0, 0), at(12));

        // then
        assertThat(alerts).isEmpty();
    }

    @Test
    void shouldBeStaleWhenLiveImagesComeWithoutAResult() {
        // given
        assertThat(policy.onTick(at(100))).as("nothing live yet").isEmpty();
        policy.onLive(at(100));
        policy.onLive(at(109));

        // when / then
        assertThat(policy.onTick(at(110))).isEmpty();
        Alert alert = only(policy.onTick(at(111)), STALE, RAISED);
        assertThat(alert.sentence()).startsWith("Live images have come for 11.0 s without a result");
    }

    @Test
    void shouldRepeatOpenAlertsForDisplaysThatJoinLate() {
        // given
        policy.evaluate(figures(0, 0.6, 0, 0), at(1));
        policy.onRefused(refusal(AssemblyRule.GAP, 2), at(3));

        // when / then
        assertThat(policy.onTick(at(5))).isEmpty();
        Alert repeated = only(policy.onTick(at(6)), LABEL_UNCERTAIN, CONTINUED);
        assertThat(repeated.measurement().orElseThrow().value()).isEqualTo(0.6);
        assertThat(repeated.since()).isEqualTo(at(1));
        only(policy.onTick(at(8)), GAP, CONTINUED);
    }

    @Test
    void shouldRepeatStaleWithItsPresentAge() {
        // given
        policy.onLive(at(0));
        policy.onTick(at(11));

        // when / then
        assertThat(policy.onTick(at(15))).isEmpty();
        Alert alert = only(policy.onTick(at(16)), STALE, UPDATED);
        assertThat(alert.measurement().orElseThrow().value()).isEqualTo(16);
    }

    @Test
    void shouldClearEverythingAtTheEndAndBeSilentAfterwards() {
        // given
        policy.evaluate(figures(0, 0.6, 0.6, 0.02), at(1));
        policy.onTick(at(11));

        // when
        List<Alert> alerts = policy.onEnd(at(12));

        // then
        assertThat(alerts).hasSize(4).allMatch(a -> a.phase() == CLEARED);
        assertThat(policy.open()).isEmpty();
        assertThat(policy.onTick(at(1000))).isEmpty();
    }

    /** Whatever comes: numbered without gaps; one condition raised, continued, cleared, in this order. */
    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63})
    void shouldKeepEveryConditionInOrder(long seed) {
        // given
        Random random = new Random(seed);
        List<Alert> alerts = new ArrayList<>();

        // when
        for (int n = 0; n < 3000; n++) {
            alerts.addAll(anyEvent(random, n));
        }
        alerts.addAll(policy.onEnd(at(3000)));

        // then
        Map<List<Object>, Instant> open = new HashMap<>();
        Set<AlertCode> seen = new HashSet<>();
        for (int n = 0; n < alerts.size(); n++) {
            Alert a = alerts.get(n);
            List<Object> condition = List.of(a.code(), a.structure());
            assertThat(a.sequence()).as("seed %d", seed).isEqualTo(n + 1L);
            assertThat(open.containsKey(condition)).as("seed %d, %s", seed, a).isEqualTo(a.phase() != RAISED);
            open.putIfAbsent(condition, a.since());
            assertThat(a.since()).isEqualTo(open.get(condition));
            assertThat(a.state() == AlertState.INACTIVE).isEqualTo(a.phase() == CLEARED);
            if (a.phase() == CLEARED) {
                open.remove(condition);
            }
            seen.add(a.code());
        }
        assertThat(open).isEmpty();
        assertThat(seen).as("all but what displays do")
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(AlertCode.RECEIPTS_MISSING)));
    }

    private List<Alert> anyEvent(Random random, int n) {
        switch (random.nextInt(19)) {
            case 18 :
                return policy.onPixels("v" + n, at(n), n / 500, at(n));
            case 17 :
                return policy.onMotion("v" + n, at(n), new Motion(8 * random.nextDouble(), 8 * random.nextDouble()),
                        at(n));
            case 16 :
                return policy.onDated("v" + n, at(n), Duration.ofMinutes(random.nextBoolean() ? 60 : 2), at(n));
            case 0 :
                return policy.onRefused(refusal(AssemblyRule.values()[random.nextInt(AssemblyRule.values().length)],
                        n), at(n));
            case 1 :
                return policy.onRejected("v" + n, at(n), "No.", at(n));
            case 2 :
                return policy.onSuperseded("v" + n, at(n), at(n));
            case 3 :
                return policy.onNotAssessed("v" + n, at(n), "No.", at(n));
            case 4 :
                return policy.onLabels("v" + n, at(n), at(n));
            case 5 :
                return policy.onAssessed(anyFigures(random, n), at(n));
            case 6 :
            case 7 :
                return policy.evaluate(anyFigures(random, n), at(n));
            default :
                return policy.onTick(at(n));
        }
    }

    private static RegistrationFigures anyFigures(Random random, int n) {
        int second = n - random.nextInt(20);
        return new RegistrationFigures("v" + second, at(second), 0.02 * random.nextDouble(),
                Map.of("head", random.nextDouble(), "tail", 0.6 * random.nextDouble()), Map.of(),
                Map.of("head", random.nextDouble()),
                random.nextBoolean() ? Map.of() : Map.of("tail", new NotJudged("spreadMm", 7, 0, 3)),
                Map.of("head", 0.9 + 0.1 * random.nextDouble()));
    }

    @ParameterizedTest
    @EnumSource(AlertCode.class)
    void shouldTellTheOperatorWhatToDoAndWhenItIsOver(AlertCode code) {
        assertThat(code.action()).endsWith(".");
        assertThat(code.clearance()).endsWith("again.");
    }

    /** Within 10 s; the one that has been silent longest is named. */
    @Test
    void shouldMissTheReceiptsOfADisplayThatStopped() {
        // given
        assertThat(policy.onReceipt("wall", at(0))).isEmpty();
        assertThat(policy.onReceipt("desk", at(5))).isEmpty();

        // when / then
        assertThat(policy.onTick(at(10))).isEmpty();
        policy.onReceipt("desk", at(10));
        Alert alert = only(policy.onTick(at(11)), RECEIPTS_MISSING, RAISED);
        assertThat(alert.sentence()).isEqualTo("The display wall has not confirmed for 11.0 s what it shows, at most "
                + "10.0 s allowed. Look whether the display still shows the live overlay.");
        assertThat(alert.measurement()).contains(new Measurement(11, 10, "s", "settings"));
        only(policy.onReceipt("wall", at(12)), RECEIPTS_MISSING, CLEARED);
    }

    @Test
    void shouldExpectNothingOfADisplayThatClosed() {
        policy.onReceipt("wall", at(0));
        only(policy.onTick(at(11)), RECEIPTS_MISSING, RAISED);

        only(policy.onDisplayClosed("wall", at(12)), RECEIPTS_MISSING, CLEARED);
        assertThat(policy.onTick(at(100))).isEmpty();
    }

    @Test
    void shouldMissReceiptsThatAreRequiredOnceImagesAreLive() {
        // given
        AlertPolicy strict = new AlertPolicy("p", List.of(), new AlertThresholds("0", 0, Map.of(), "none"),
                SETTINGS.with(AT_ONCE, new ReceiptRule(true, Duration.ofSeconds(4))));
        assertThat(strict.onTick(at(100))).isEmpty();
        strict.onLive(at(100));

        // when / then
        assertThat(strict.onTick(at(104))).isEmpty();
        Alert alert = only(strict.onTick(at(105)), RECEIPTS_MISSING, RAISED);
        assertThat(alert.sentence()).startsWith("No display has confirmed for 5.0 s");
        only(strict.onReceipt("wall", at(106)), RECEIPTS_MISSING, CLEARED);
    }

    @Test
    void shouldWatchABoundedNumberOfDisplays() {
        for (int n = 0; n < 1000; n++) {
            policy.onReceipt("display-" + n, at(0));
        }

        assertThat(policy.memory().displays()).hasSize(AlertPolicy.MAX_DISPLAYS);
    }

    /** A successor knows how old the newest result is, and gives displays their time anew. */
    @Test
    void shouldGoOnWithWhatItsPredecessorKnew() {
        // given
        policy.onLive(at(0));
        policy.onLabels("v1", at(1), at(1));
        policy.onReceipt("wall", at(1));
        policy.evaluate(figures(2, 0.6, 0, 0), at(2));

        // when
        AlertPolicy successor = new AlertPolicy("p", List.of("head", "tail"), THRESHOLDS, SETTINGS,
                policy.memory().takenOver(at(11)));

        // then
        assertThat(successor.open()).extracting(Alert::code).containsExactly(LABEL_UNCERTAIN);
        List<Alert> told = successor.onTick(at(13));
        assertThat(told).extracting(Alert::code).containsExactly(STALE, LABEL_UNCERTAIN);
        assertThat(told).extracting(Alert::sequence).containsExactly(2L, 3L);
        assertThat(successor.onTick(at(22))).extracting(Alert::code).contains(RECEIPTS_MISSING);
    }

    @Test
    void shouldRefuseFiguresThatAreNoFigures() {
        assertThatThrownBy(() -> figures(0, Double.NaN, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> figures(0, -0.1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> figures(0, 0, Double.POSITIVE_INFINITY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> figures(0, 0, 0, 1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> figures(0, 0, 0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Measurement(Double.NaN, 1, "s", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new AlertSettings(Duration.ZERO, 0.8, AlertPace.DEFAULT, ReceiptRule.DEFAULT))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new AlertSettings(second, 0, AlertPace.DEFAULT, ReceiptRule.DEFAULT))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new AlertSettings(second, 1.1, AlertPace.DEFAULT, ReceiptRule.DEFAULT))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new AlertPace(Duration.ofSeconds(-1), second, 1, second, second))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("repeatAfter");
        assertThatThrownBy(() -> new AlertPace(second, second, 0, second, second))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("maxRaises");
    }

    /** Equal is the edge, and allowed. */
    @Test
    void shouldRefuseSettingsThatContradictEachOther() {
        Duration second = Duration.ofSeconds(1);
        Duration less = second.minusMillis(1);
        assertThat(new AlertPace(second, second, 1, second, second).raiseWindow()).isEqualTo(second);
        assertThatThrownBy(() -> new AlertPace(second, second, 1, less, second))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("raiseWindow of alerts must not be below minimumDuration, got 999 ms and 1 s")
                .hasMessageEndingWith("raise the one or lower the other");
        assertThatThrownBy(() -> new AlertPace(second, second, 1, second, less))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("escalateAfter of alerts must not be below repeatAfter, got 999 ms and 1 s");
    }

    @Test
    void shouldTellOfClocksThatDisagreeUntilTheyDoNot() {
        Alert hours = only(policy.onDated("v1", at(1), Duration.ofMinutes(60), at(1)), CLOCKS_DISAGREE, RAISED);
        assertThat(hours.sentence()).startsWith("Images are dated 1 h 0 min before they were sent: ");
        only(policy.onDated("v2", at(2), Duration.ofSeconds(2), at(2)), CLOCKS_DISAGREE, CLEARED);

        Alert set = only(policy.onClockSet(Duration.ofMinutes(-90), at(3)), CLOCKS_DISAGREE, RAISED);
        assertThat(set.sentence()).startsWith("This machine's clock was set back by 1 h 30 min. ");
        only(policy.onDated("v4", at(4), Duration.ofSeconds(2), at(4)), CLOCKS_DISAGREE, CLEARED);
    }

    /** By a successor whose clock is ten minutes behind, and by a clock that is set back by an hour: spans stay as long as they were. */
    @Test
    void shouldKeepSpansWhenTheClockIsBehind() {
        // given
        policy.onLive(at(0));
        policy.onLabels("v4", at(4), at(4));
        policy.onReceipt("wall", at(6));

        // when
        AlertPolicy behind = new AlertPolicy("p", List.of("head", "tail"), THRESHOLDS, SETTINGS,
                policy.memory().takenOver(at(6 - 600)));
        AlertPolicy setBack = new AlertPolicy("p", List.of("head", "tail"), THRESHOLDS, SETTINGS,
                policy.memory().setBack(Duration.ofHours(1)));

        // then: the result was 2 s old, so it is stale 8 s later
        assertThat(behind.onTick(at(14 - 600))).isEmpty();
        only(behind.onTick(at(15 - 600)), STALE, RAISED);
        assertThat(setBack.onTick(at(14 - 3600))).isEmpty();
        assertThat(setBack.onTick(at(17 - 3600))).extracting(Alert::code).containsExactly(STALE, RECEIPTS_MISSING);
    }

    private static Alert only(List<Alert> alerts, AlertCode code, AlertPhase phase) {
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).code()).isEqualTo(code);
        assertThat(alerts.get(0).phase()).isEqualTo(phase);
        return alerts.get(0);
    }

    /** Of a volume named and acquired by its second. */
    private static RegistrationFigures figures(int second, double head, double tail, double folding) {
        return new RegistrationFigures("v" + second, at(second), folding, Map.of("head", head, "tail", tail));
    }

    /** Dice of the head is predicted: at least 0.7. */
    private static AlertPolicy calibrated() {
        return new AlertPolicy("p", List.of("head"), new AlertThresholds("2026.11.2", 0.01, Map.of("head", 0.5),
                Map.of("head", new DicePredictor(0, Map.of(), Map.of(), 0, 0)), Map.of("head", 0.7),
                Map.of("head", 0.6),
                Optional.empty(), 1, "made up"), SETTINGS);
    }

    private static RegistrationFigures predicted(int second, double dice) {
        return new RegistrationFigures("v" + second, at(second), 0, Map.of("head", 0.9), Map.of("head", dice));
    }

    private static AssemblyRefusal refusal(AssemblyRule rule, int second) {
        return new AssemblyRefusal(rule, "19 came", new VolumeKey("2.25.2", ""), at(second));
    }

    private static Instant at(int second) {
        return T0.plusSeconds(second);
    }
}
