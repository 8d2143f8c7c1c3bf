package org.regstream.core.uncertainty;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/**
 * Whether uncertainty points at error: the error of the voxels left after the most uncertain ones are removed, and the same
 * with the wrong voxels removed first (the oracle). Point b of a curve is what is left without the first b / {@link #BINS}
 * of the voxels. Among voxels alike, the one with the lower offset goes first; in the oracle, the more uncertain one.
 *
 * @param curve  error by uncertainty, {@link #BINS} points. Not to be modified.
 * @param oracle error by true error, {@link #BINS} points. Not to be modified.
 */
public record Sparsification(double[] curve, double[] oracle) {

    /** METHODS. */
    public static final int BINS = 50;

    /**
     * @param error       what the curves show, averaged over the foreground classes that truth or prediction use
     * @param uncertainty [D, H, W], any unit, 0 or more, higher is less certain; what is not a number counts as highest. Not
     *                    modified.
     * @param predicted   labels on the same grid. Not modified.
     * @param truth       labels on the same grid. Not modified.
     * @param mask        true where a voxel counts, [D, H, W]; null counts all. Not modified.
     * @throws IllegalArgumentException if the grids differ, an uncertainty is negative or no voxel counts
     */
    public static Sparsification of(LabelError error, Volume uncertainty, LabelMap predicted, LabelMap truth,
            boolean[] mask) {
        Shapes.requireSameGrid("uncertainty and predicted labels", uncertainty.grid(), predicted.grid());
        Shapes.requireSameGrid("predicted and true labels", predicted.grid(), truth.grid());
        if (mask != null) {
            Shapes.requireLength("mask", mask.length, truth.grid(), 1);
        }
        int[] order = mostUncertainFirst(uncertainty.values(), mask);
        int[] wrongFirst = wrongFirst(order, predicted.labels(), truth.labels());
        return new Sparsification(curve(error, order, predicted, truth), curve(error, wrongFirst, predicted, truth));
    }

    /** AUSE: mean distance of the two curves; 0 is ideal. In the unit of the error, as P1 prints it. */
    public double ause() {
        return (Arrays.stream(curve).sum() - Arrays.stream(oracle).sum()) / BINS;
    }

    private static int[] mostUncertainFirst(float[] uncertainty, boolean[] mask) {
        long[] keys = new long[uncertainty.length];
        int n = 0;
        for (int x = 0; x < uncertainty.length; x++) {
            if (mask == null || mask[x]) {
                if (uncertainty[x] < 0) {
                    throw new IllegalArgumentException("uncertainty must be 0 or more, got " + uncertainty[x]);
                }
                // Bits of floats from 0 grow with the float, and those of NaN are above infinity's; + 0f turns -0 to 0.
                keys[n++] = (long) ~Float.floatToIntBits(uncertainty[x] + 0f) << 32 | x;
            }
        }
        if (n == 0) {
            throw new IllegalArgumentException("mask must keep at least one voxel");
        }
        Arrays.sort(keys, 0, n);
        int[] order = new int[n];
        Arrays.setAll(order, at -> (int) keys[at]);
        return order;
    }

    private static int[] wrongFirst(int[] order, byte[] predicted, byte[] truth) {
        int[] sorted = new int[order.length];
        int n = 0;
        for (boolean wrong : new boolean[]{true, false}) {
            for (int x : order) {
                if (predicted[x] != truth[x] == wrong) {
                    sorted[n++] = x;
                }
            }
        }
        return sorted;
    }

    /** From the last bin to the first, as removed voxels come back. */
    private static double[] curve(LabelError error, int[] order, LabelMap predicted, LabelMap truth) {
        Counts counts = new Counts(Math.max(predicted.maxLabel(), truth.maxLabel()));
        int[] classes = used(order, predicted.labels(), truth.labels());
        double[] curve = new double[BINS];
        int at = order.length;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            int removed = (int) ((long) bin * order.length / BINS);
            while (at > removed) {
                int x = order[--at];
                counts.add(predicted.labels()[x] & 0xff, truth.labels()[x] & 0xff);
            }
            curve[bin] = Arrays.stream(classes).mapToDouble(c -> counts.error(error, c)).average().orElse(0);
        }
        return curve;
    }

    private static int[] used(int[] order, byte[] predicted, byte[] truth) {
        boolean[] seen = new boolean[256];
        for (int x : order) {
            seen[predicted[x] & 0xff] = true;
            seen[truth[x] & 0xff] = true;
        }
        return IntStream.range(1, 256).filter(c -> seen[c]).toArray();
    }

    private static final class Counts {
        private final long[] misses;
        private final long[] falseAlarms;
        private final long[] hits;
        private long voxels;

        Counts(int maxLabel) {
            misses = new long[maxLabel + 1];
            falseAlarms = new long[maxLabel + 1];
            hits = new long[maxLabel + 1];
        }

        void add(int predicted, int truth) {
            voxels++;
            if (predicted == truth) {
                hits[truth]++;
            } else {
                misses[truth]++;
                falseAlarms[predicted]++;
            }
        }

        double error(LabelError kind, int label) {
            return kind.of(misses[label], falseAlarms[label], hits[label], voxels);
        }
    }
}
