package org.regstream.core.line;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Results on their way to the broker, in the order of their numbers: what is tried again is not overtaken. Not thread-safe: a part of {@link Gathering}. */
final class ResultRow {

    private final Deque<Result> waiting = new ArrayDeque<>();
    /** By number, until the broker has all of it. */
    private final Map<Long, Result> underWay = new HashMap<>();
    private Optional<Long> first = Optional.empty();

    void add(Result result) {
        waiting.add(result);
    }

    /** @return the one to send now, empty while another is before it */
    Optional<Result> next() {
        if (first.isPresent() || waiting.isEmpty()) {
            return Optional.empty();
        }
        Result next = waiting.remove();
        first = Optional.of(next.sequence());
        underWay.put(next.sequence(), next);
        return Optional.of(next);
    }

    void passed(long sequence) {
        first = first.filter(number -> number != sequence);
    }

    /** @return the result, empty if nothing is known of it any more */
    Optional<Result> done(long sequence) {
        passed(sequence);
        return Optional.ofNullable(underWay.remove(sequence));
    }

    /** Lets go of those that nobody waits for. */
    void retain(LongPredicate isAwaited) {
        waiting.removeIf(result -> !isAwaited.test(result.sequence()));
    }
}
