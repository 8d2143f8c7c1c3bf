package org.regstream.core.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.regstream.core.procedure.Reference;

/**
 * What was made of each reference, as long as that is in use. Thread-safe: no procedure waits while something is made of another's images; two that come at once
 * make it twice.
 */
final class PerReference<V> {

    private final Map<Reference, V> made = Collections.synchronizedMap(new WeakHashMap<>());

    V get(Reference reference, Function<Reference, V> make) {
        return get(reference, any -> true, make);
    }

    /** @param fits whether what was made last will do; else it is made anew, and remembered in its place */
    V get(Reference reference, Predicate<V> fits, Function<Reference, V> make) {
        V known = made.get(reference);
        if (known != null && fits.test(known)) {
            return known;
        }
        V anew = make.apply(reference);
        made.put(reference, anew);
        return anew;
    }
}
