package org.regstream.benchmarks.kill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether every alert that was told has come to its end, once, and whether numbers rise: for a display that does as the schema says, and passes over what comes with a
 * smaller epoch than something before, unless it ends an alert.
 */
final class AlertBook {

    private final List<AlertSeen> alerts;
    private final Map<String, AlertSeen> latest = new LinkedHashMap<>();
    private long passedOver;
    private long toldWhenOver;
    private long toldAgain;
    private final List<String> afterEnd = new ArrayList<>();
    private final Set<String> doubles = new LinkedHashSet<>();
    private final List<String> backwards = new ArrayList<>();
    private final List<String> reused = new ArrayList<>();
    private final Set<String> shared = new LinkedHashSet<>();

    /** @param alerts in the order of the topic */
    AlertBook(List<AlertSeen> alerts) {
        this.alerts = alerts;
        requireNumbers();
        Map<String, Long> epochs = new HashMap<>();
        for (AlertSeen alert : alerts) {
            if (epochs.merge(alert.procedure(), alert.epoch(), Math::max) == alert.epoch() || alert.isOver()) {
                hear(alert);
            } else {
                passedOver++;
            }
        }
    }

    /** Numbers rise in their epoch, which is one run's, and each is one event: what comes again is the same. */
    private void requireNumbers() {
        Map<String, AlertSeen> events = new HashMap<>();
        Map<String, AlertSeen> last = new HashMap<>();
        for (AlertSeen alert : alerts) {
            String epoch = alert.procedure() + " " + alert.epoch();
            AlertSeen before = last.getOrDefault(epoch, alert);
            AlertSeen same = events.putIfAbsent(epoch + "/" + alert.sequence(), alert);
            if (same != null && !same.equals(alert)) {
                reused.add(alert + " and " + same);
            } else if (same == null && alert.sequence() < before.sequence()) {
                backwards.add(alert + " after " + before);
            }
            if (!before.run().equals(alert.run())) {
                shared.add(epoch);
            }
            last.put(epoch, alert);
        }
    }

    private void hear(AlertSeen alert) {
        AlertSeen before = latest.put(alert.procedure() + " " + alert.alertId(), alert);
        if (alert.isOver()) {
            toldWhenOver += before == null ? 1 : 0;
            return;
        }
        if (before != null && before.isOver() && before.epoch() < alert.epoch()) {
            toldAgain++;
        } else if (before != null && before.isOver()) {
            afterEnd.add(alert + " after " + before);
        }
        latest.values().stream().filter(other -> !other.isOver() && !other.alertId().equals(alert.alertId())
                && other.procedure().equals(alert.procedure()) && other.condition().equals(alert.condition()))
                .forEach(other -> doubles.add(alert.procedure() + " " + alert.condition() + ": " + other.alertId()
                        + " and " + alert.alertId()));
    }

    /** @return those that are not over */
    List<AlertSeen> open() {
        return latest.values().stream().filter(alert -> !alert.isOver()).toList();
    }

    List<Count> counts() {
        return List.of(
                Count.of("alert events", alerts.size()),
                Count.of("of these, of a smaller epoch than one before: displays pass over them", passedOver),
                Count.of("alerts", latest.size()),
                Count.of("of these, told only when they were over", toldWhenOver),
                Count.of("of these, told again by a successor that did not know of their end", toldAgain),
                Count.none("**alerts left open**", open()),
                Count.none("**alerts told after they were cleared**", afterEnd),
                Count.none("**two alerts of one condition at once**", doubles),
                Count.none("**numbers of alerts that run backwards in their epoch**", backwards),
                Count.none("**numbers of alerts that stand for two events**", reused),
                Count.none("**epochs of two runs**", shared));
    }
}
