package org.regstream.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert between its beginning and its end. Immutable: what happens to it gives a {@link Step} to another.
 *
 * <pre>
 *            report                   isOver, kept                    settle
 *   (none) ---------> ACTIVE ------------------------> LATCHED ----------------> INACTIVE
 *                       ^  |  report, acknowledge, tick   |   acknowledge, or time, see AlertCode.latches
 *                       +--+&lt;-----------------------------+
 *                                     report
 * </pre>
 *
 * @param alertId         names it in its procedure; no two alerts have the same, also after a restart
 * @param condition       what holds, or held
 * @param priority        how urgent now
 * @param state           never {@code INACTIVE}: what is over is nowhere
 * @param acknowledgement the one in force
 * @param finding         the latest
 * @param ending          what showed that the condition is over; present if and only if {@code LATCHED}
 * @param since           when the condition began
 * @param raisedAt        when it last asked for attention
 * @param heldUntil       it is shown at least until then
 * @param saidAt          when it was last told
 */
public record AlertLife(String alertId, Condition condition, AlertPriority priority, AlertState state,
        Optional<Acknowledgement> acknowledgement, Finding finding, Optional<Ending> ending, Instant since,
        Instant raisedAt, Instant heldUntil, Instant saidAt) {

    /** @param phase what happened
     *  @param life  what came of it, {@code INACTIVE} if it is over */
    record Step(AlertPhase phase, AlertLife life) {}

    static Step raise(String alertId, Condition condition, Finding finding, Instant heldUntil, Instant now) {
        return new Step(AlertPhase.RAISED, new AlertLife(alertId, condition, finding.priority(), AlertState.ACTIVE,
                Optional.empty(), finding, Optional.empty(), now, now, heldUntil, now));
    }

    /** As it is by a clock that was set back: every span stays as long as it was. */
    AlertLife setBack(Duration step) {
        return new AlertLife(alertId, condition, priority, state, acknowledgement.map(a -> a.setBack(step)), finding,
                ending, since.minus(step), raisedAt.minus(step), heldUntil.minus(step), saidAt.minus(step));
    }

    boolean isActive() {
        return state == AlertState.ACTIVE;
    }

    /**
     * Whether a finding of this priority asks for attention again. Also if time has made the alert as urgent before: whoever took note
     * of it did not take note of this.
     */
    boolean isMoreUrgent(AlertPriority found) {
        return priorityWith(found).isAbove(priority)
                || isActive() && acknowledgement.isPresent() && found.isAbove(finding.priority());
    }

    /** The condition holds. @param held counts if it asks for attention again */
    Step report(Finding latest, Instant held, Instant now) {
        Finding found = isKept(latest.priority(), now) ? latest.as(finding.priority()) : latest;
        AlertPriority next = priorityWith(found.priority());
        if (isMoreUrgent(found.priority())) {
            return step(AlertPhase.ESCALATED, new AlertLife(alertId, condition, next, AlertState.ACTIVE,
                    Optional.empty(), found, Optional.empty(), since, now, later(held), now));
        }
        AlertPhase phase = priority.isAbove(next) ? AlertPhase.DEESCALATED : AlertPhase.UPDATED;
        return step(phase, new AlertLife(alertId, condition, next, AlertState.ACTIVE, acknowledgement, found,
                Optional.empty(), since, raisedAt, heldUntil, now));
    }

    /** What wavers between two priorities is told with the higher one for as long as it is held. */
    private boolean isKept(AlertPriority found, Instant now) {
        return isActive() && finding.priority().isAbove(found) && now.isBefore(heldUntil);
    }

    /** What time has made of the priority stays while what is found is as urgent as before. */
    private AlertPriority priorityWith(AlertPriority found) {
        return isActive() && found == finding.priority() ? priority : found;
    }

    /** The condition does not hold any more. */
    Optional<Step> isOver(Ending by, Instant now) {
        if (!isActive()) {
            return Optional.empty();
        }
        AlertLife latched = new AlertLife(alertId, condition, priority, AlertState.LATCHED, acknowledgement, finding,
                Optional.of(by), since, raisedAt, heldUntil, now);
        return latched.release(now).or(() -> Optional.of(step(AlertPhase.UPDATED, latched)));
    }

    /** Shown long enough: what somebody must see stays, less urgent, until somebody has. */
    private Optional<Step> settle(Instant now) {
        if (!condition.code().latches() || acknowledgement.isPresent()) {
            return Optional.of(end(now));
        }
        return priority.isAbove(AlertPriority.LOW)
                ? Optional.of(step(AlertPhase.DEESCALATED, at(AlertPriority.LOW, now)))
                : Optional.empty();
    }

    Step acknowledge(Acknowledgement by, Instant now) {
        return step(AlertPhase.ACKNOWLEDGED, new AlertLife(alertId, condition, priority, state, Optional.of(by),
                finding, ending, since, raisedAt, heldUntil, now));
    }

    /** Over, whatever holds. */
    Step end(Instant now) {
        return step(AlertPhase.CLEARED, new AlertLife(alertId, condition, priority, AlertState.INACTIVE,
                acknowledgement, finding, ending, since, raisedAt, heldUntil, now));
    }

    /** Time has passed. @param held until when it is shown at least if it asks for attention again */
    Optional<Step> tick(AlertPace pace, Instant held, Instant now) {
        Optional<Step> change = isActive() ? ask(pace, held, now) : release(now);
        return change.or(() -> now.isBefore(saidAt.plus(pace.repeatAfter()))
                ? Optional.empty()
                : Optional.of(step(AlertPhase.CONTINUED, at(priority, now))));
    }

    /** Its condition is over. @return empty if it is still to be shown */
    Optional<Step> release(Instant now) {
        return now.isBefore(heldUntil) ? Optional.empty() : settle(now);
    }

    private Optional<Step> ask(AlertPace pace, Instant held, Instant now) {
        if (acknowledgement.isPresent()) {
            return acknowledgement.filter(a -> a.hasRunOut(now))
                    .map(a -> step(AlertPhase.RAISED, again(priority, held, now)));
        }
        return priority.raised().filter(p -> !now.isBefore(raisedAt.plus(pace.escalateAfter())))
                .map(p -> step(AlertPhase.ESCALATED, again(p, held, now)));
    }

    private AlertLife again(AlertPriority next, Instant held, Instant now) {
        return new AlertLife(alertId, condition, next, state, Optional.empty(), finding, ending, since, now,
                later(held), now);
    }

    private Instant later(Instant held) {
        return held.isAfter(heldUntil) ? held : heldUntil;
    }

    private AlertLife at(AlertPriority next, Instant now) {
        return new AlertLife(alertId, condition, next, state, acknowledgement, finding, ending, since, raisedAt,
                heldUntil, now);
    }

    private static Step step(AlertPhase phase, AlertLife life) {
        return new Step(phase, life);
    }

    /** For the operator: what happened, and what it means or that it is over. */
    String sentence() {
        switch (state) {
            case ACTIVE :
                return finding.sentence() + " " + condition.code().action();
            case LATCHED :
                return finding.sentence() + " It is over: " + clearance()
                        + (condition.code().latches() ? " Acknowledge it to close it." : "");
            default :
                return clearance();
        }
    }

    private String clearance() {
        return condition.structure().map(s -> "The " + s + ": ").orElse("") + condition.code().clearance();
    }
}
