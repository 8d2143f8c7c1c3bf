package org.regstream.benchmarks.kill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether every alert that was told has come to its end, once, and whether numbers rise. */
final class AlertBook {

    private final List<AlertSeen> alerts;
    private final Map<String, AlertSeen> latest = new LinkedHashMap<>();
    private final Set<String> afterEnd = new LinkedHashSet<>();
    private final Set<String> doubles = new LinkedHashSet<>();
    private final Set<String> backwards = new LinkedHashSet<>();
    private final Set<String> reused = new LinkedHashSet<>();
    private final Set<String> epochs = new LinkedHashSet<>();

    /** @param alerts in the order of the topic */
    AlertBook(List<AlertSeen> alerts) {
        this.alerts = alerts;
        Map<String, AlertSeen> numbers = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        Map<String, String> sources = new HashMap<>();
        for (AlertSeen alert : alerts) {
            String epoch = alert.procedure() + " " + alert.epoch();
            AlertSeen same = numbers.putIfAbsent(epoch + "/" + alert.sequence(), alert);
            if (same == null) {
                follow(alert);
                if (alert.sequence() < last.getOrDefault(epoch, 0L)) {
                    backwards.add(alert + " after " + last.get(epoch));
                }
            } else if (!same.alertId().equals(alert.alertId()) || !same.phase().equals(alert.phase())) {
                reused.add(alert + " and " + same);
            }
            last.merge(epoch, alert.sequence(), Math::max);
            if (!sources.computeIfAbsent(epoch, e -> alert.source()).equals(alert.source())) {
                epochs.add(epoch);
            }
        }
    }

    private void follow(AlertSeen alert) {
        AlertSeen before = latest.put(alert.procedure() + " " + alert.alertId(), alert);
        if (alert.isOver()) {
            return;
        }
        if (before != null && before.isOver()) {
            afterEnd.add(alert + " after " + before.epoch() + "/" + before.sequence());
        }
        latest.values().stream().filter(other -> !other.isOver() && !other.alertId().equals(alert.alertId())
                && other.procedure().equals(alert.procedure()) && other.condition().equals(alert.condition()))
                .forEach(other -> doubles.add(alert.procedure() + " " + alert.condition() + ": " + other.alertId()
                        + " and " + alert.alertId()));
    }

    /** @return those that are not over, by all that was told */
    List<AlertSeen> open() {
        return latest.values().stream().filter(alert -> !alert.isOver()).toList();
    }

    /** @return those that are not over for a display that passes over what comes of a smaller epoch than something before */
    List<AlertSeen> openForADisplay() {
        Map<String, Long> epochs = new HashMap<>();
        List<AlertSeen> heard = new ArrayList<>();
        for (AlertSeen alert : alerts) {
            if (epochs.merge(alert.procedure(), alert.epoch(), Math::max) == alert.epoch()) {
                heard.add(alert);
            }
        }
        return new AlertBook(heard).open();
    }

    List<Count> counts() {
        Map<String, Long> first = new HashMap<>();
        alerts.forEach(a -> first.putIfAbsent(a.procedure() + " " + a.alertId(), a.isOver() ? 1L : 0L));
        return List.of(
                Count.of("alerts that were told", latest.size()),
                Count.of("of these, told only when they were over",
                        first.values().stream().filter(n -> n == 1).count()),
                Count.of("alert events", alerts.size()),
                Count.none("**alerts left open**", open()),
                Count.none("**likewise, for a display that passes over smaller epochs**", openForADisplay()),
                Count.none("**alerts told after they were cleared**", afterEnd),
                Count.none("**two alerts of one condition at once**", doubles),
                Count.none("**numbers of alerts that run backwards in their epoch**", backwards),
                Count.none("**numbers that stand for two events**", reused),
                Count.none("**epochs of two runs**", epochs));
    }
}
