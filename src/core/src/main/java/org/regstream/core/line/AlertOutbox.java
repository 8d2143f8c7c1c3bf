package org.regstream.core.line;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertState;

/**
 * Alerts on their way to the broker, one at a time and in the order of their numbers. While the broker is away a later one takes the place of an earlier one of
 * the same alert, so that what is told on its return is what holds then.
 *
 * <p>A new alert waits until it is kept: a successor that did not know of it would never end it. Not thread-safe.
 */
final class AlertOutbox {

    private final Map<String, Alert> waiting = new LinkedHashMap<>();
    private Optional<Alert> sending = Optional.empty();
    private Set<String> kept = Set.of();

    void add(Alert alert) {
        Alert untold = waiting.remove(alert.alertId());
        waiting.put(alert.alertId(), untold == null ? alert : alert.inPlaceOf(untold));
    }

    /** @param alertIds what a successor knows of */
    void kept(Set<String> alertIds) {
        kept = alertIds;
    }

    /** @return the one to send now, empty while there is none, or another is before it */
    Optional<Alert> next() {
        if (sending.isPresent()) {
            return Optional.empty();
        }
        sending = waiting.values().stream().findFirst()
                .filter(alert -> alert.state() == AlertState.INACTIVE || kept.contains(alert.alertId()));
        sending.ifPresent(alert -> waiting.remove(alert.alertId()));
        return sending;
    }

    /** @return the alert that was under way, empty if it was another */
    Optional<Alert> told(String alertId, long sequence) {
        Optional<Alert> told = sending.filter(a -> a.alertId().equals(alertId) && a.sequence() == sequence);
        if (told.isPresent()) {
            sending = Optional.empty();
        }
        return told;
    }

    /** Somebody else tells from now on, of what is not under way yet. @param alertIds of which nobody else knows */
    void leave(Set<String> alertIds) {
        waiting.keySet().retainAll(alertIds);
        kept = Set.of();
    }

    /** Whether the broker is to have this alert from here. */
    boolean holds(String alertId) {
        return waiting.containsKey(alertId) || sending.filter(alert -> alert.alertId().equals(alertId)).isPresent();
    }

    boolean isEmpty() {
        return sending.isEmpty() && waiting.isEmpty();
    }
}
