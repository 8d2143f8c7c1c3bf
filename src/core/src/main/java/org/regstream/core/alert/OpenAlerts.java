package org.regstream.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions that hold now, each with its latest alert. One condition is raised once, continued while it holds and
 * cleared once. Not thread-safe: {@link AlertPolicy} locks.
 */
final class OpenAlerts {

    /** What is either open or not. */
    record Condition(AlertCode code, Optional<String> structure) {
        static Condition of(AlertCode code) {
            return new Condition(code, Optional.empty());
        }

        static Condition of(AlertCode code, String structure) {
            return new Condition(code, Optional.of(structure));
        }
    }

    /** What was found.
     *  @param about the acquisition it speaks of; only a result at least as new can show that it is over */
    record Finding(Optional<String> volumeId, Optional<Measurement> measurement, Instant about, String sentence) {}

    private record Open(Alert latest, Instant about) {}

    private final String procedureId;
    private final Map<Condition, Open> open = new LinkedHashMap<>();
    private long sequence;

    OpenAlerts(String procedureId) {
        this.procedureId = procedureId;
    }

    boolean holds(Condition condition) {
        return open.containsKey(condition);
    }

    /** Raises the condition, or continues it with the new finding. */
    Alert report(Condition condition, Finding finding, Instant now) {
        Open before = open.get(condition);
        AlertPhase phase = before == null ? AlertPhase.RAISED : AlertPhase.CONTINUED;
        Instant since = before == null ? now : before.latest.since();
        Alert alert = new Alert(procedureId, ++sequence, condition.code, condition.code.priority(), phase,
                condition.structure, finding.volumeId, finding.measurement, since, now,
                finding.sentence + " " + condition.code.action());
        open.put(condition, new Open(alert, finding.about));
        return alert;
    }

    /** @param measurement the figure that shows it is over, empty if none does
     *  @return the clearing alert; empty if the condition is not open */
    Optional<Alert> clear(Condition condition, Optional<String> volumeId, Optional<Measurement> measurement,
            Instant now) {
        return Optional.ofNullable(open.remove(condition)).map(o -> new Alert(procedureId, ++sequence,
                condition.code, o.latest.priority(), AlertPhase.CLEARED, condition.structure, volumeId, measurement,
                o.latest.since(), now,
                condition.structure.map(s -> "The " + s + ": ").orElse("") + condition.code.clearance()));
    }

    /** Whether a condition is open that speaks of nothing newer than the given acquisition. */
    boolean isSettledBy(Condition condition, Instant acquiredAt) {
        Open o = open.get(condition);
        return o != null && !o.about.isAfter(acquiredAt);
    }

    boolean isDue(Condition condition, Duration repeatAfter, Instant now) {
        Open o = open.get(condition);
        return o == null || !now.isBefore(o.latest.at().plus(repeatAfter));
    }

    /** Continues, unchanged, each condition whose latest alert is at least so old. */
    List<Alert> repeat(Duration repeatAfter, Instant now) {
        List<Alert> repeated = new ArrayList<>();
        for (Map.Entry<Condition, Open> entry : open.entrySet()) {
            if (isDue(entry.getKey(), repeatAfter, now)) {
                Alert a = entry.getValue().latest;
                Alert again = new Alert(procedureId, ++sequence, a.code(), a.priority(), AlertPhase.CONTINUED,
                        a.structure(), a.volumeId(), a.measurement(), a.since(), now, a.sentence());
                entry.setValue(new Open(again, entry.getValue().about));
                repeated.add(again);
            }
        }
        return repeated;
    }

    /** @return the latest alert of each open condition, in the order they began */
    List<Alert> latest() {
        return open.values().stream().map(Open::latest).toList();
    }

    List<Alert> clearAll(Instant now) {
        List<Alert> cleared = new ArrayList<>();
        for (Condition condition : List.copyOf(open.keySet())) {
            clear(condition, Optional.empty(), Optional.empty(), now).ifPresent(cleared::add);
        }
        return cleared;
    }
}
