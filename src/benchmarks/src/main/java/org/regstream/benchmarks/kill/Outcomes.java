package org.regstream.benchmarks.kill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of each volume. It has labels; or it is told that there is nothing valid to show of it; or an alert names it as superseded; or its frames are dead
 * letters. An alert of superseded volumes takes the place of one that the broker had not taken yet (decision 0023), whose number then is missing: as many earlier volumes
 * are told of together with the one that it names as numbers are missing since the alert of superseded volumes before it.
 */
final class Outcomes {

    /** What can become of a volume. */
    enum Outcome {
        /** By the student; the ensemble's may follow. */
        LABELS("volumes with labels"),
        /** An event says so, on the topic of labels. */
        NOTHING_VALID("told that there is nothing valid to show"),
        /** An alert names it. */
        SUPERSEDED("superseded, named by an alert"),
        /** An alert that names a later one has taken the place of its own. */
        SUPERSEDED_TOGETHER("superseded, told of with a later one"),
        /** At least one of its frames. */
        DEAD_LETTERS("frames among the dead letters"),
        /** It is lost. */
        NONE("**volumes without an outcome**");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    private final List<SentVolume> sent;
    private final Records records;
    private final Map<SentVolume, Outcome> outcomes = new LinkedHashMap<>();

    private Outcomes(List<SentVolume> sent, Records records) {
        this.sent = sent.stream().sorted(Comparator.comparing(SentVolume::acquiredAt)).toList();
        this.records = records;
        sort();
    }

    static Outcomes of(List<SentVolume> sent, Records records) {
        return new Outcomes(sent, records);
    }

    Outcome of(SentVolume volume) {
        return outcomes.get(volume);
    }

    List<Count> counts() {
        List<Count> counts = new ArrayList<>();
        counts.add(Count.of("volumes sent", sent.size()));
        counts.add(Count.of("of these, without one of their slices", sent.stream().filter(v -> !v.isWhole()).count()));
        for (Outcome outcome : Outcome.values()) {
            List<SentVolume> those = sent.stream().filter(v -> of(v) == outcome).toList();
            counts.add(outcome == Outcome.NONE
                    ? Count.none(outcome.words, those)
                    : Count.of(outcome.words, those.size()));
            if (outcome == Outcome.NOTHING_VALID) {
                counts.add(Count.of("of these, whole", those.stream().filter(SentVolume::isWhole).count()));
            }
        }
        counts.add(Count.none("**labels of something that was not sent**", unknown()));
        return counts;
    }

    private void sort() {
        Set<String> labelled = records.published().stream().filter(p -> p.type().equals(Published.STUDENT_LABELS))
                .map(Published::volumeId).collect(Collectors.toSet());
        Set<String> invalid = records.published().stream().filter(Published::isNothingValid)
                .map(p -> p.procedure() + p.acquired()).collect(Collectors.toSet());
        Set<String> superseded = records.alerts().stream()
                .filter(alert -> alert.isOfSuperseded() && !alert.isOver()).map(AlertSeen::volumeId)
                .collect(Collectors.toSet());
        Set<String> refused = records.refused().stream().map(r -> r.series() + r.number()).collect(Collectors.toSet());
        sent.forEach(v -> outcomes.put(v, Outcome.NONE));
        settle(Outcome.LABELS, v -> v.isWhole() && labelled.contains(v.volumeId()));
        settle(Outcome.NOTHING_VALID, v -> invalid.contains(v.procedure() + v.acquiredAt()));
        settle(Outcome.SUPERSEDED, v -> v.isWhole() && superseded.contains(v.volumeId()));
        findToldTogether();
        settle(Outcome.DEAD_LETTERS, v -> refused.contains(v.series() + v.number()));
    }

    /** Of those that nothing is known of yet. */
    private void settle(Outcome outcome, Predicate<SentVolume> is) {
        outcomes.replaceAll((volume, known) -> known == Outcome.NONE && is.test(volume) ? outcome : known);
    }

    private void findToldTogether() {
        Map<String, SentVolume> byId = sent.stream().filter(SentVolume::isWhole)
                .collect(Collectors.toMap(SentVolume::volumeId, Function.identity()));
        Map<String, SortedMap<Long, SortedMap<Long, AlertSeen>>> told = new TreeMap<>();
        records.alerts().forEach(a -> told.computeIfAbsent(a.procedure(), p -> new TreeMap<>())
                .computeIfAbsent(a.epoch(), e -> new TreeMap<>()).put(a.sequence(), a));
        told.values().forEach(epochs -> {
            long last = 0;
            for (SortedMap<Long, AlertSeen> epoch : epochs.values()) {
                last = findToldTogether(epoch.values(), last, byId);
            }
        });
    }

    /** In an epoch volumes are superseded one after the other; what came and went while the broker was away is told when it is over. @return number of the last alert */
    private long findToldTogether(Collection<AlertSeen> epoch, long lastBefore, Map<String, SentVolume> byId) {
        long last = lastBefore;
        long missing = 0;
        Instant since = Instant.MIN;
        for (AlertSeen alert : epoch) {
            missing += Math.max(0, alert.sequence() - last - 1);
            if (alert.isOfSuperseded()) {
                SentVolume named = byId.get(alert.volumeId());
                Instant until = named == null ? alert.at() : named.acquiredAt();
                between(alert.procedure(), since, until).limit(missing).toList()
                        .forEach(v -> outcomes.put(v, Outcome.SUPERSEDED_TOGETHER));
                since = until;
                missing = 0;
            }
            last = alert.sequence();
        }
        return last;
    }

    /** @return those that nothing is known of, the newest first */
    private Stream<SentVolume> between(String procedure, Instant since, Instant until) {
        return sent.stream().filter(v -> of(v) == Outcome.NONE && v.isWhole() && v.procedure().equals(procedure)
                && v.acquiredAt().isAfter(since) && v.acquiredAt().isBefore(until))
                .sorted(Comparator.comparing(SentVolume::acquiredAt).reversed());
    }

    private Set<String> unknown() {
        Map<String, Set<String>> volumes = new HashMap<>();
        sent.forEach(v -> volumes.computeIfAbsent(v.procedure(), p -> new HashSet<>()).add(v.volumeId()));
        return records.published().stream().filter(p -> !p.isNothingValid())
                .filter(p -> !volumes.getOrDefault(p.procedure(), Set.of()).contains(p.volumeId()))
                .map(p -> p.type() + " of " + p.procedure() + ", acquired " + p.acquired())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
