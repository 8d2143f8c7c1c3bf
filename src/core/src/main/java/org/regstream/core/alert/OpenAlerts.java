package org.regstream.core.alert;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.alert.AlertLife.Step;

/**
 * The alerts of a procedure that are not over, at most one a condition, and the numbers of what is told of them. Not thread-safe:
 * a part of {@link AlertPolicy}.
 */
final class OpenAlerts {

    private final String procedureId;
    private final AlertPace pace;
    private final long epoch;
    private final Map<Condition, AlertLife> lives = new LinkedHashMap<>();
    private final Map<Condition, Alert> latest = new HashMap<>();
    private final Map<Condition, Deque<Instant>> raises = new HashMap<>();
    private long sequence;

    OpenAlerts(String procedureId, AlertPace pace, AlertMemory memory) {
        this.procedureId = procedureId;
        this.pace = pace;
        this.epoch = memory.epoch();
        this.sequence = memory.sequence();
        for (AlertLife life : memory.open()) {
            lives.put(life.condition(), life);
            latest.put(life.condition(), alert(AlertPhase.CONTINUED, life, sequence));
        }
    }

    boolean holds(Condition condition) {
        AlertLife life = lives.get(condition);
        return life != null && life.isActive();
    }

    /** The condition holds. */
    Alert report(Condition condition, Finding finding, Instant now) {
        AlertLife life = lives.get(condition);
        if (life == null) {
            String alertId = Long.toString(epoch, 36) + "-" + (sequence + 1);
            return tell(AlertLife.raise(alertId, condition, finding, hold(condition, now), now));
        }
        Instant held = life.isMoreUrgent(finding.priority()) ? hold(condition, now) : life.heldUntil();
        return tell(life.report(finding, held, now));
    }

    /** The condition does not hold. @return empty if that is nothing new */
    Optional<Alert> clear(Condition condition, Ending by, Instant now) {
        return Optional.ofNullable(lives.get(condition)).flatMap(life -> life.isOver(by, now)).map(this::tell);
    }

    /** @return empty if no such alert is open; what was over already, and kept to be seen, is closed by it */
    List<Alert> acknowledge(String alertId, Acknowledgement by, Instant now) {
        List<Alert> told = new ArrayList<>();
        lives.values().stream().filter(life -> life.alertId().equals(alertId)).findFirst().ifPresent(life -> {
            Step seen = life.acknowledge(by, now);
            told.add(tell(seen));
            if (!life.isActive()) {
                seen.life().release(now).map(this::tell).ifPresent(told::add);
            }
        });
        return told;
    }

    List<Alert> tick(Instant now) {
        List<Alert> told = new ArrayList<>();
        for (AlertLife life : List.copyOf(lives.values())) {
            life.tick(pace, now.plus(pace.minimumDuration()), now).map(this::tell).ifPresent(told::add);
        }
        return told;
    }

    List<Alert> endAll(Instant now) {
        return List.copyOf(lives.values()).stream().map(life -> tell(life.end(now))).toList();
    }

    /** Whether a condition holds that speaks of nothing newer than the given acquisition. */
    boolean isSettledBy(Condition condition, Instant acquiredAt) {
        return holds(condition) && !lives.get(condition).finding().about().isAfter(acquiredAt);
    }

    /** Whether the condition is to be looked at again. */
    boolean isDue(Condition condition, Instant now) {
        return !holds(condition) || !now.isBefore(lives.get(condition).saidAt().plus(pace.repeatAfter()));
    }

    /** @return the latest alert of each that is open, in the order they began */
    List<Alert> latest() {
        return lives.keySet().stream().map(latest::get).toList();
    }

    /** @return those that are kept because their condition came and went too often */
    long capped(Instant now) {
        return lives.values().stream().filter(life -> life.heldUntil().isAfter(now))
                .filter(life -> life.heldUntil().isAfter(life.raisedAt().plus(pace.minimumDuration()))).count();
    }

    long epoch() {
        return epoch;
    }

    long sequence() {
        return sequence;
    }

    List<AlertLife> lives() {
        return List.copyOf(lives.values());
    }

    /** Until when an alert that asks for attention now is shown at least. */
    private Instant hold(Condition condition, Instant now) {
        Deque<Instant> recent = raises.computeIfAbsent(condition, c -> new ArrayDeque<>());
        recent.removeIf(at -> !at.plus(pace.raiseWindow()).isAfter(now));
        recent.add(now);
        return now.plus(recent.size() < pace.maxRaises() ? pace.minimumDuration() : pace.raiseWindow());
    }

    private Alert tell(Step step) {
        Alert alert = alert(step.phase(), step.life(), ++sequence);
        Condition condition = step.life().condition();
        if (alert.state() == AlertState.INACTIVE) {
            lives.remove(condition);
            latest.remove(condition);
        } else {
            lives.put(condition, step.life());
            latest.put(condition, alert);
        }
        return alert;
    }

    private Alert alert(AlertPhase phase, AlertLife life, long number) {
        Optional<Ending> ending = life.ending();
        boolean isOver = phase == AlertPhase.CLEARED;
        return new Alert(procedureId, life.alertId(), epoch, number, life.condition().code(), life.priority(), phase,
                life.state(), life.acknowledgement(), life.condition().structure(),
                isOver ? ending.flatMap(Ending::volumeId) : life.finding().volumeId(),
                isOver ? ending.flatMap(Ending::measurement) : life.finding().measurement(), life.since(),
                life.saidAt(), life.sentence());
    }
}
