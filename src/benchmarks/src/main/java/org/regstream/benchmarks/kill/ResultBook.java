package org.regstream.benchmarks.kill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a result that comes again is the same object, and whether numbers rise. */
final class ResultBook {

    /** In the order given: that of the topics. */
    private final List<Published> published;

    ResultBook(List<Published> published) {
        this.published = published;
    }

    List<Count> counts() {
        List<Published> objects = published.stream().filter(p -> !p.isNothingValid()).toList();
        List<Count> counts = new ArrayList<>();
        counts.add(Count.of("labels, maps and fields on the topics", objects.size()));
        counts.add(Count.of("of these, come again",
                objects.size() - objects.stream().map(Published::id).distinct().count()));
        counts.add(Count.none("**volumes with a second UID**", several(objects, p -> p.procedure() + " "
                + p.volumeId() + " " + p.type() + " " + p.quantity(), Published::id)));
        counts.add(Count.none("**UIDs with two contents**", several(objects.stream()
                .filter(p -> !p.digest().isEmpty()).toList(),
                p -> p.type() + " " + p.id() + " of " + p.procedure()
                        + ", acquired " + p.acquired(),
                Published::digest)));
        counts.addAll(rows());
        return counts;
    }

    private static Set<String> several(List<Published> objects, java.util.function.Function<Published, String> what,
            java.util.function.Function<Published, String> of) {
        Map<String, Set<String>> all = objects.stream().collect(Collectors.groupingBy(what, LinkedHashMap::new,
                Collectors.mapping(of, Collectors.toSet())));
        return all.entrySet().stream().filter(e -> e.getValue().size() > 1).map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Count> rows() {
        Map<String, Published> last = new HashMap<>();
        Map<String, Instant> newest = new HashMap<>();
        List<String> backwards = new ArrayList<>();
        long older = 0;
        for (Published p : published.stream().filter(Published::isOfRow).toList()) {
            Published before = last.put(p.procedure() + p.run(), p);
            if (before != null && (p.sequence() < before.sequence()
                    || p.sequence() == before.sequence() && !p.id().equals(before.id()))) {
                backwards.add(p.procedure() + " of " + p.run() + ": " + p.sequence() + " after "
                        + before.sequence());
            }
            if (p.type().equals(Published.STUDENT_LABELS)) {
                older += p.acquired().isBefore(newest.getOrDefault(p.procedure(), Instant.MIN)) ? 1 : 0;
                newest.merge(p.procedure(), p.acquired(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return List.of(Count.none("**numbers of results that run backwards**", backwards),
                Count.of("labels at once that are older than labels before", older));
    }
}
