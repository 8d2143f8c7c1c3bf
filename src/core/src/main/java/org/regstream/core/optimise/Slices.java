package org.regstream.core.optimise;

import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Work on the slices of a volume by all threads of the caller's pool, with results that do not depend on how many. */
final class Slices {

    private Slices() {}

    /** @param work on slice k; writes nothing that another slice's work reads or writes */
    static void forEach(int slices, IntConsumer work) {
        IntStream.range(0, slices).parallel().forEach(work);
    }

    /** Adds in the order of the slices, whoever is done first. */
    static double sum(int slices, IntToDoubleFunction work) {
        double total = 0;
        for (double part : IntStream.range(0, slices).parallel().mapToDouble(work).toArray()) {
            total += part;
        }
        return total;
    }
}
