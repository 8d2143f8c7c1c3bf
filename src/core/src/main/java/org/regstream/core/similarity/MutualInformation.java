package org.regstream.core.similarity;

import org.regstream.core.volume.Volume;

/**
 * Mutual information of two images, from their joint histogram p of {@link #BINS} x {@link #BINS} equal bins between each
 * image's minimum and maximum: {@code sum of p(a, b) log(p(a, b) / (p(a) p(b)))}, nats, at least 0, higher is better. A
 * constant image shares nothing: 0.
 */
public final class MutualInformation {

    /** METHODS. */
    public static final int BINS = 100;

    private MutualInformation() {}

    /** Over all voxels. */
    public static double of(Volume fixed, Volume moving) {
        return of(fixed, moving, null);
    }

    /**
     * @param fixed  intensities, [D, H, W], any unit, finite. Not modified.
     * @param moving intensities on the same grid, any unit, finite. Not modified.
     * @param mask   true where a voxel counts, [D, H, W]; null counts all. Not modified.
     * @return nats
     */
    public static double of(Volume fixed, Volume moving, boolean[] mask) {
        Masked.require(fixed, moving, mask);
        Bins f = Bins.of(fixed.values(), mask);
        Bins m = Bins.of(moving.values(), mask);
        int[] joint = new int[BINS * BINS];
        for (int x = 0; x < fixed.values().length; x++) {
            if (mask == null || mask[x]) {
                joint[f.bin(fixed.values()[x]) * BINS + m.bin(moving.values()[x])]++;
            }
        }
        return information(joint);
    }

    private static double information(int[] joint) {
        long[] ofFixed = new long[BINS];
        long[] ofMoving = new long[BINS];
        long n = 0;
        for (int b = 0; b < joint.length; b++) {
            ofFixed[b / BINS] += joint[b];
            ofMoving[b % BINS] += joint[b];
            n += joint[b];
        }
        double sum = 0;
        for (int b = 0; b < joint.length; b++) {
            if (joint[b] > 0) {
                sum += joint[b] * Math.log((double) joint[b] * n / ((double) ofFixed[b / BINS] * ofMoving[b % BINS]));
            }
        }
        return sum / n;
    }

    /** Equal bins from the smallest to the largest value, the last one closed. */
    private record Bins(double low, double scale) {

        static Bins of(float[] values, boolean[] mask) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int x = 0; x < values.length; x++) {
                if (mask == null || mask[x]) {
                    low = Math.min(low, values[x]);
                    high = Math.max(high, values[x]);
                }
            }
            if (!Double.isFinite(high - low)) {
                throw new IllegalArgumentException("intensities must be finite, got " + low + " to " + high);
            }
            return new Bins(low, high > low ? BINS / (high - low) : 0);
        }

        int bin(double value) {
            return Math.min(BINS - 1, (int) ((value - low) * scale));
        }
    }
}
