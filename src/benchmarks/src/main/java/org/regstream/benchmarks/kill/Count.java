package org.regstream.benchmarks.kill;

import java.util.Collection;
import java.util.List;

/**
 * A line of the table.
 *
 * @param what     was counted
 * @param number   how many
 * @param mustBeNone whether any is a fault
 * @param examples some of them
 */
record Count(String what, long number, boolean mustBeNone, List<String> examples) {

    private static final int EXAMPLES = 20;

    static Count of(String what, long number) {
        return new Count(what, number, false, List.of());
    }

    /** @param found each as a sentence */
    static Count none(String what, Collection<?> found) {
        return new Count(what, found.size(), true, found.stream().limit(EXAMPLES).map(Object::toString).toList());
    }

    boolean holds() {
        return !mustBeNone || number == 0;
    }
}
