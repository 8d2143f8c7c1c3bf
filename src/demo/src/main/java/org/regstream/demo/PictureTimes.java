package org.regstream.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.regstream.service.page.PageReceipt;

/**
 * From the last slice handed over until the student's picture of the volume is painted on the display page, by the receipts of
 * pages on this machine, whose clock is ours. Of several pages the first counts. Thread-safe.
 */
final class PictureTimes {

    /** @param lastSliceAt when it was handed over
     *  @param modelMillis the network alone */
    private record Made(Instant lastSliceAt, double modelMillis) {}

    private final List<String> order = new ArrayList<>();
    private final Map<String, Made> made = new HashMap<>();
    private final Map<String, Instant> shown = new HashMap<>();

    /** @param score that the labels got; of another network than the student they do not count */
    synchronized void made(DisplayEvent.Labels labels, VolumeScore score) {
        if (score.isStudents()) {
            Duration sinceArrival = Duration.ofNanos(System.nanoTime() - labels.arrivedNanos());
            Duration sinceLastSlice = sinceArrival.plusNanos(Math.round(score.totalMillis() * 1e6));
            order.add(labels.eventId());
            made.put(labels.eventId(), new Made(Instant.now().minus(sinceLastSlice), score.modelMillis()));
        }
    }

    /** A receipt may come before the labels it speaks of; repeats do not count. */
    synchronized void shown(PageReceipt receipt) {
        receipt.eventId().ifPresent(id -> shown.putIfAbsent(id, receipt.at()));
    }

    /** @param warmUp how many volumes to leave out; all but the last if there are not more
     *  @return empty if no page showed any */
    synchronized Optional<TrialSummary.Pictures> summary(int warmUp) {
        List<String> timed = order.subList(Math.min(warmUp, Math.max(0, order.size() - 1)), order.size()).stream()
                .filter(shown::containsKey).toList();
        return timed.isEmpty()
                ? Optional.empty()
                : Optional.of(new TrialSummary.Pictures(percentiles(timed, this::totalMillis),
                        percentiles(timed, id -> made.get(id).modelMillis()),
                        percentiles(timed, id -> totalMillis(id) - made.get(id).modelMillis())));
    }

    private double totalMillis(String id) {
        return Duration.between(made.get(id).lastSliceAt(), shown.get(id)).toNanos() / 1e6;
    }

    private static Percentiles percentiles(List<String> ids, ToDoubleFunction<String> millis) {
        return Percentiles.of(ids.stream().mapToDouble(millis).toArray());
    }
}
