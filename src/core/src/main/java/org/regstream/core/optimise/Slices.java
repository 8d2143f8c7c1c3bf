package org.regstream.core.optimise;

import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Work on the slices of a volume by all threads of the caller's pool, with results that do not depend on how many. */
final class Slices {

    /** Fewer voxels than this are done before another thread has woken up. */
    private static final int WORTH_SHARING = 4096;

    private Slices() {}

    /** @param work on slice k; writes nothing that another slice's work reads or writes */
    static void forEach(int slices, IntConsumer work) {
        IntStream.range(0, slices).parallel().forEach(work);
    }

    /** As above. @param voxels of all slices: on the caller's thread alone if they are few */
    static void forEach(int slices, int voxels, IntConsumer work) {
        if (voxels >= WORTH_SHARING) {
            forEach(slices, work);
        } else {
            for (int k = 0; k < slices; k++) {
                work.accept(k);
            }
        }
    }

    /**
     * Adds in the order of the slices, whoever is done first.
     *
     * @param parts  scratch, one a slice; overwritten
     * @param voxels of all slices
     */
    static double sum(double[] parts, int voxels, IntToDoubleFunction work) {
        forEach(parts.length, voxels, k -> parts[k] = work.applyAsDouble(k));
        double total = 0;
        for (double part : parts) {
            total += part;
        }
        return total;
    }
}
