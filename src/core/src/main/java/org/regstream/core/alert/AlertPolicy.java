package org.regstream.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.regstream.core.align.Motion;
import org.regstream.core.assembly.AssemblyRefusal;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.Verdict.NotJudged;

/**
 * Turns the figures and mishaps of one procedure into alerts. A figure opens its condition above its limit and closes it only
 * at or below the release share of it; a mishap opens its condition until a result of an acquisition at least as new
 * comes. How an alert then lives says {@link AlertLife}.
 *
 * <p>Deterministic: the time is an argument. Not thread-safe: a part of its owner's state. Alerts are to be told in the order of
 * their sequence numbers.
 */
public final class AlertPolicy {

    private static final List<AlertCode> ENDED_BY_RESULT = List.of(AlertCode.GAP, AlertCode.WRONG_GEOMETRY,
            AlertCode.INTAKE_LIMIT, AlertCode.NO_VALID_REGISTRATION);
    private static final Condition FOLDING = Condition.of(AlertCode.FOLDING);
    private static final Condition STALE = Condition.of(AlertCode.STALE);
    private static final Condition SUPERSEDED = Condition.of(AlertCode.SUPERSEDED);
    private static final Condition NOT_ASSESSED = Condition.of(AlertCode.NOT_ASSESSED);
    private static final Condition CLOCKS = Condition.of(AlertCode.CLOCKS_DISAGREE);
    private static final Condition FROZEN = Condition.of(AlertCode.FROZEN_IMAGE);
    private static final Condition RECEIPTS = Condition.of(AlertCode.RECEIPTS_MISSING);
    private static final Condition MOVED = Condition.of(AlertCode.PATIENT_MOVED);
    private static final String PROCEDURE = "procedure";
    /** A structure that is covered to at least this share counts as whole: its border voxels come and go with the alignment. */
    public static final double WHOLE = 0.98;

    /** A patient whose structures' middle has moved by more than this from one result to the next has moved, mm. */
    public static final double MOVED_MM = 5;
    /** Likewise for a turn, degrees. */
    public static final double TURNED_DEGREES = 5;

    /** Displays whose receipts are watched, at most. */
    static final int MAX_DISPLAYS = 32;

    private final AlertThresholds thresholds;
    private final AlertSettings settings;
    private final Set<String> structures;
    private final OpenAlerts open;
    private final FrozenRule frozen = new FrozenRule();
    private final ReceiptWatch receipts;
    private Optional<Instant> liveSince;
    private Optional<Instant> newestResult;
    private String latestVolumeId = "";
    private boolean droppedSinceResult;

    /**
     * @param structures names of the structures that the procedure shows; each is watched. One without limits is never judged.
     */
    public AlertPolicy(String procedureId, Collection<String> structures, AlertThresholds thresholds,
            AlertSettings settings) {
        this(procedureId, structures, thresholds, settings, AlertMemory.NONE);
    }

    /**
     * Goes on where another ended.
     *
     * @param memory of the same procedure, taken over
     */
    public AlertPolicy(String procedureId, Collection<String> structures, AlertThresholds thresholds,
            AlertSettings settings, AlertMemory memory) {
        this.structures = new TreeSet<>(structures);
        this.thresholds = thresholds;
        this.settings = settings;
        this.liveSince = memory.liveSince();
        this.newestResult = memory.newestResult();
        this.open = new OpenAlerts(procedureId, settings.pace(), memory);
        this.receipts = new ReceiptWatch(settings.receipts(), memory.displays());
    }

    /** Live images of this procedure come in: from now on silence counts as stale. */
    public void onLive(Instant now) {
        if (liveSince.isEmpty()) {
            liveSince = Optional.of(now);
        }
    }

    /** A valid registration whose labels and figures come together. */
    public List<Alert> evaluate(RegistrationFigures figures, Instant now) {
        List<Alert> alerts = new ArrayList<>(onAssessed(figures, now));
        alerts.addAll(onLabels(figures.volumeId(), figures.acquiredAt(), now));
        return alerts;
    }

    /** Labels of a valid registration went out; how far they can be trusted follows, or came before. */
    public List<Alert> onLabels(String volumeId, Instant acquiredAt, Instant now) {
        List<Alert> alerts = new ArrayList<>();
        endMishaps(volumeId, acquiredAt, now, alerts);
        newestResult = newestResult.filter(t -> t.isAfter(acquiredAt)).or(() -> Optional.of(acquiredAt));
        judgeAge(Optional.of(volumeId), now).ifPresent(alerts::add);
        return alerts;
    }

    /** Figures tell how far the labels of a volume can be trusted. */
    public List<Alert> onAssessed(RegistrationFigures figures, Instant now) {
        List<Alert> alerts = new ArrayList<>();
        for (String structure : structures) {
            judgeStructure(structure, figures, now, alerts);
        }
        judgeFolding(figures, now).ifPresent(alerts::add);
        endIfSettled(NOT_ASSESSED, figures.volumeId(), figures.acquiredAt(), now, alerts);
        return alerts;
    }

    /** A result shows how the patient lies. @param motion since the result before, at the middle of the structures */
    public List<Alert> onMotion(String volumeId, Instant acquiredAt, Motion motion, Instant now) {
        double moved = motion.movedMm() / MOVED_MM;
        double turned = motion.turnedDegrees() / TURNED_DEGREES;
        Measurement m = moved >= turned
                ? new Measurement(motion.movedMm(), MOVED_MM, "mm", PROCEDURE)
                : new Measurement(motion.turnedDegrees(), TURNED_DEGREES, "deg", PROCEDURE);
        Optional<Alert> alert = isAbove(MOVED, m.value(), m.threshold())
                ? Optional.of(open.report(MOVED, new Finding(MOVED.code().priority(), Optional.of(volumeId),
                        Optional.of(m), acquiredAt, String.format(Locale.ROOT,
                                "The patient has moved by %.1f mm and turned by %.1f degrees since the volume before.",
                                motion.movedMm(), motion.turnedDegrees())),
                        now))
                : open.clear(MOVED, new Ending(Optional.of(volumeId), Optional.of(m)), now);
        return alert.stream().toList();
    }

    /** Labels went out, but there are no figures to trust or distrust them by. */
    public List<Alert> onNotAssessed(String volumeId, Instant acquiredAt, String reason, Instant now) {
        return mishap(AlertCode.NOT_ASSESSED, Optional.of(volumeId), acquiredAt, reason, now);
    }

    /** Frames were not a volume. */
    public List<Alert> onRefused(AssemblyRefusal refusal, Instant now) {
        return mishap(AlertCode.of(refusal.rule()), Optional.empty(), refusal.acquiredAt(),
                refusal.rule().sentence() + " (" + refusal.explanation() + ")", now);
    }

    /** A volume does not fit the procedure's patient space. */
    public List<Alert> onWrongGeometry(String volumeId, Instant acquiredAt, String reason, Instant now) {
        return mishap(AlertCode.WRONG_GEOMETRY, Optional.of(volumeId), acquiredAt, reason, now);
    }

    /** A volume was registered, but not validly, or the registration failed. */
    public List<Alert> onRejected(String volumeId, Instant acquiredAt, String reason, Instant now) {
        return mishap(AlertCode.NO_VALID_REGISTRATION, Optional.of(volumeId), acquiredAt, reason, now);
    }

    /** A volume was dropped for a newer one, which waits or is shown already. */
    public List<Alert> onSuperseded(String volumeId, Instant acquiredAt, Instant now) {
        droppedSinceResult = true;
        String sentence = newestResult.filter(acquiredAt::isBefore).isPresent()
                ? "A volume is older than the one that is shown: it came late, or the scanner's clock was set back."
                : "Volumes come faster than they can be registered.";
        Finding finding = new Finding(SUPERSEDED.code().priority(), Optional.of(volumeId), Optional.empty(), acquiredAt,
                sentence);
        return List.of(open.report(SUPERSEDED, finding, now));
    }

    /**
     * A volume came.
     *
     * @param lag its last record's time stamp minus its acquisition time as the scanner dates it: time under way, and what the clocks are apart
     */
    public List<Alert> onDated(String volumeId, Instant acquiredAt, Duration lag, Instant now) {
        Optional<String> doubt = ClockRule.doubt(lag);
        return doubt.isPresent()
                ? mishap(AlertCode.CLOCKS_DISAGREE, Optional.of(volumeId), acquiredAt, doubt.get(), now)
                : open.clear(CLOCKS, Ending.by(volumeId), now).stream().toList();
    }

    /**
     * What a live volume shows. A successor knows of no earlier image: what is open stays so until it has seen two that differ.
     *
     * @param pixels equal for equal images
     */
    public List<Alert> onPixels(String volumeId, Instant acquiredAt, long pixels, Instant now) {
        Optional<String> doubt = frozen.doubt(volumeId, pixels);
        if (doubt.isPresent()) {
            return mishap(AlertCode.FROZEN_IMAGE, Optional.of(volumeId), acquiredAt, doubt.get(), now);
        }
        return frozen.isMoving() ? open.clear(FROZEN, Ending.by(volumeId), now).stream().toList() : List.of();
    }

    /** This machine's clock was set. @param step forward; negative if back */
    public List<Alert> onClockSet(Duration step, Instant now) {
        return mishap(AlertCode.CLOCKS_DISAGREE, Optional.empty(), now, ClockRule.sentence(step), now);
    }

    /** Time has passed. To be called about once a second. */
    public List<Alert> onTick(Instant now) {
        List<Alert> alerts = new ArrayList<>();
        if (open.isDue(STALE, now)) {
            judgeAge(Optional.empty(), now).ifPresent(alerts::add);
        }
        if (open.isDue(RECEIPTS, now)) {
            judgeReceipts(now).ifPresent(alerts::add);
        }
        alerts.addAll(open.tick(now));
        return alerts;
    }

    /** A display confirms what it shows. @return what follows; nothing if too many displays are watched already */
    public List<Alert> onReceipt(String display, Instant now) {
        return receipts.onReceipt(display, now) ? judgeReceipts(now).stream().toList() : List.of();
    }

    /** A display says that it shows nothing any more: nothing is expected of it. */
    public List<Alert> onDisplayClosed(String display, Instant now) {
        receipts.onClosed(display);
        return judgeReceipts(now).stream().toList();
    }

    /**
     * Somebody takes note of an alert: it asks for attention again when that has run out, or when it becomes more urgent. One whose condition is
     * over is closed by it.
     *
     * @return what follows; empty if no such alert is open
     */
    public List<Alert> acknowledge(String alertId, Acknowledgement by, Instant now) {
        return open.acknowledge(alertId, by, now);
    }

    /** The procedure is over: everything is cleared, and nothing becomes stale any more. */
    public List<Alert> onEnd(Instant now) {
        liveSince = Optional.empty();
        newestResult = Optional.empty();
        return open.endAll(now);
    }

    /** @return the latest alert of each that is not over, in the order they began */
    public List<Alert> open() {
        return open.latest();
    }

    /** @return how many of them are kept because their condition came and went too often */
    public long capped(Instant now) {
        return open.capped(now);
    }

    /** @return acquisition time of the newest result, also of a predecessor's; empty if there is none */
    public Optional<Instant> newestResult() {
        return newestResult;
    }

    /** @return all that another needs to go on */
    public AlertMemory memory() {
        return new AlertMemory(open.epoch(), open.sequence(), liveSince, newestResult, receipts.displays(),
                open.lives());
    }

    private void judgeStructure(String structure, RegistrationFigures figures, Instant now, List<Alert> alerts) {
        Condition uncertain = Condition.of(AlertCode.LABEL_UNCERTAIN, structure);
        Double entropy = figures.meanEntropyNats().get(structure);
        if (entropy == null) {
            alerts.add(open.report(uncertain, notFound(structure, figures), now));
        } else {
            judgeOutline(uncertain, structure, entropy, figures, now, alerts);
            judgeDispute(structure, figures, now).ifPresent(alerts::add);
        }
        judgeCoverage(structure, figures, now).ifPresent(alerts::add);
    }

    private void judgeOutline(Condition uncertain, String structure, double entropy, RegistrationFigures figures,
            Instant now, List<Alert> alerts) {
        Double dice = figures.predictedDice().get(structure);
        OptionalDouble minDice = thresholds.minPredictedDiceOf(structure);
        OptionalDouble maxEntropy = thresholds.meanEntropyOf(structure);
        Condition notJudged = Condition.of(AlertCode.NOT_JUDGED, structure);
        Optional<String> why = whyNotJudged(structure, figures, dice != null && minDice.isPresent(),
                maxEntropy.isPresent());
        why.map(sentence -> open.report(notJudged, finding(notJudged, figures, Optional.empty(), sentence), now))
                .or(() -> open.clear(notJudged, Ending.by(figures.volumeId()), now)).ifPresent(alerts::add);
        if (dice != null && minDice.isPresent()) {
            judgeDice(uncertain, dice, minDice.getAsDouble(), figures, now).ifPresent(alerts::add);
        } else if (maxEntropy.isEmpty()) {
            open.clear(uncertain, Ending.by(figures.volumeId()), now).ifPresent(alerts::add);
        } else if (why.isPresent() && open.holds(uncertain)
                && !isAbove(uncertain, entropy, maxEntropy.getAsDouble())) {
            alerts.add(open.report(uncertain, finding(uncertain, figures, Optional.empty(), why.get()), now));
        } else {
            judgeEntropy(uncertain, entropy, maxEntropy.getAsDouble(), figures, now).ifPresent(alerts::add);
        }
    }

    /** Where nothing is known, a high entropy still tells of doubt, but a low one does not end it. */
    private static Optional<String> whyNotJudged(String structure, RegistrationFigures figures, boolean hasDice,
            boolean hasEntropy) {
        NotJudged outside = figures.notJudged().get(structure);
        if (outside != null) {
            return Optional.of(String.format(Locale.ROOT,
                    "How far the outline of the %s can be trusted is not known: its %s of %.3g lies outside %.3g to %.3g, "
                            + "which calibration saw.",
                    structure, outside.feature(), outside.value(), outside.low(), outside.high()));
        }
        return hasDice || hasEntropy
                ? Optional.empty()
                : Optional.of("How far the outline of the " + structure
                        + " can be trusted is not known: the model package has no limits for it.");
    }

    /** Release lies a share nearer to outlines that agree. */
    private Optional<Alert> judgeDispute(String structure, RegistrationFigures figures, Instant now) {
        Condition condition = Condition.of(AlertCode.OUTLINE_DISPUTED, structure);
        Double dice = figures.outlineDice().get(structure);
        Double limit = thresholds.minOutlineDice().get(structure);
        if (dice == null || limit == null) {
            return Optional.empty();
        }
        Measurement m = new Measurement(dice, limit, "1", thresholds.version());
        return judge(condition, m, isAbove(condition, 1 - dice, 1 - limit), figures, String.format(Locale.ROOT,
                "The network outlines the %s elsewhere than it is carried to: Dice %.2f, %s.",
                structure, dice, atLeast(dice, limit)), now);
    }

    private Optional<Alert> judgeCoverage(String structure, RegistrationFigures figures, Instant now) {
        Condition condition = Condition.of(AlertCode.PARTLY_COVERED, structure);
        Measurement m = new Measurement(figures.coverage().getOrDefault(structure, 1.0), WHOLE, "1", PROCEDURE);
        return judge(condition, m, m.value() < WHOLE, figures, String.format(Locale.ROOT,
                "The live volume covers %.0f %% of the %s.", 100 * m.value(), structure), now);
    }

    /** More urgent than an uncertain outline: where none is drawn, nobody expects the structure. */
    private static Finding notFound(String structure, RegistrationFigures figures) {
        return new Finding(AlertPriority.HIGH, Optional.of(figures.volumeId()), Optional.empty(), figures.acquiredAt(),
                "The " + structure + " is not found in the live volume.");
    }

    private Optional<Alert> judgeEntropy(Condition condition, double entropy, double limit,
            RegistrationFigures figures, Instant now) {
        String structure = condition.structure().orElseThrow();
        Measurement m = new Measurement(entropy, limit, "nat",
                thresholds.version());
        return judge(condition, m, isAbove(condition, m.value(), m.threshold()), figures, String.format(Locale.ROOT,
                "The outline of the %s is uncertain: label entropy %.3g nat, %s.", structure, m.value(),
                atMost(m.value(), m.threshold(), "limit %.3g", "within limits from %.3g down")), now);
    }

    /** What counts is the expected error 1 - Dice, so that release lies a share nearer to a perfect outline. */
    private Optional<Alert> judgeDice(Condition condition, double dice, double limit, RegistrationFigures figures,
            Instant now) {
        String structure = condition.structure().orElseThrow();
        Measurement m = new Measurement(dice, limit, "1", thresholds.version());
        return judge(condition, m, isAbove(condition, 1 - m.value(), 1 - m.threshold()), figures,
                String.format(Locale.ROOT,
                        "The outline of the %s is uncertain: predicted Dice %.2f, %s.", structure, m.value(),
                        atLeast(m.value(), m.threshold())),
                now);
    }

    private Optional<Alert> judgeFolding(RegistrationFigures figures, Instant now) {
        Measurement m = new Measurement(figures.foldingFraction(), thresholds.foldingFraction(), "1",
                thresholds.version());
        return judge(FOLDING, m, isAbove(FOLDING, m.value(), m.threshold()), figures, String.format(Locale.ROOT,
                "The registration folds tissue over: %.3g %% of the volume, %s.", 100 * m.value(),
                atMost(100 * m.value(), 100 * m.threshold(), "limit %.3g %%", "within limits from %.3g %% down")),
                now);
    }

    private Optional<Alert> judge(Condition condition, Measurement m, boolean holds, RegistrationFigures figures,
            String sentence, Instant now) {
        return holds
                ? Optional.of(open.report(condition, finding(condition, figures, Optional.of(m), sentence), now))
                : open.clear(condition, new Ending(Optional.of(figures.volumeId()), Optional.of(m)), now);
    }

    private static Finding finding(Condition condition, RegistrationFigures figures, Optional<Measurement> m,
            String sentence) {
        return new Finding(condition.code().priority(), Optional.of(figures.volumeId()), m, figures.acquiredAt(),
                sentence);
    }

    private Optional<Alert> judgeAge(Optional<String> volumeId, Instant now) {
        Optional<Instant> from = newestResult.or(() -> liveSince);
        if (from.isEmpty()) {
            return Optional.empty();
        }
        Measurement m = new Measurement(seconds(Duration.between(from.get(), now)), seconds(settings.ageBudget()),
                "s", PROCEDURE);
        String sentence = String.format(Locale.ROOT, newestResult.isPresent()
                ? "The newest result is %.1f s old, %s."
                : "Live images have come for %.1f s without a result, %s.", m.value(),
                atMost(m.value(), m.threshold(), "at most %.1f s allowed", "up to date from %.1f s down"));
        return isAbove(STALE, m.value(), m.threshold())
                ? Optional.of(open.report(STALE,
                        new Finding(STALE.code().priority(), volumeId, Optional.of(m), from.get(), sentence), now))
                : open.clear(STALE, new Ending(volumeId, Optional.of(m)), now);
    }

    private Optional<Alert> judgeReceipts(Instant now) {
        return receipts.overdue(liveSince, now).map(found -> Optional.of(open.report(RECEIPTS, found, now)))
                .orElseGet(() -> open.clear(RECEIPTS, Ending.WITHOUT_VOLUME, now));
    }

    /** Hysteresis. */
    private boolean isAbove(Condition condition, double value, double limit) {
        return value > (open.holds(condition) ? settings.releaseShare() * limit : limit);
    }

    /** What a value is held against: its limit, or, where hysteresis alone keeps the alert, what ends that. */
    private String atMost(double value, double limit, String held, String release) {
        return value > limit
                ? String.format(Locale.ROOT, held, limit)
                : String.format(Locale.ROOT, release, settings.releaseShare() * limit);
    }

    /** As {@link #atMost}, of a Dice. */
    private String atLeast(double dice, double limit) {
        return dice < limit
                ? String.format(Locale.ROOT, "at least %.2f wanted", limit)
                : String.format(Locale.ROOT, "within limits from %.2f up", 1 - settings.releaseShare() * (1 - limit));
    }

    /** Also of two thousand years, which a scanner without a date claims; its nanoseconds would overflow. */
    private static double seconds(Duration d) {
        return d.getSeconds() + d.getNano() / 1e9;
    }

    private List<Alert> mishap(AlertCode code, Optional<String> volumeId, Instant acquiredAt, String sentence,
            Instant now) {
        return List.of(open.report(Condition.of(code),
                new Finding(code.priority(), volumeId, Optional.empty(), acquiredAt, sentence), now));
    }

    private void endMishaps(String volumeId, Instant acquiredAt, Instant now, List<Alert> alerts) {
        for (AlertCode code : ENDED_BY_RESULT) {
            endIfSettled(Condition.of(code), volumeId, acquiredAt, now, alerts);
        }
        if (volumeId.equals(latestVolumeId)) {
            return;
        }
        latestVolumeId = volumeId;
        if (!droppedSinceResult) {
            open.clear(SUPERSEDED, Ending.by(volumeId), now).ifPresent(alerts::add);
        }
        droppedSinceResult = false;
    }

    private void endIfSettled(Condition condition, String volumeId, Instant acquiredAt, Instant now,
            List<Alert> alerts) {
        if (open.isSettledBy(condition, acquiredAt)) {
            open.clear(condition, Ending.by(volumeId), now).ifPresent(alerts::add);
        }
    }
}
