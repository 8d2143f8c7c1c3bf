package org.regstream.core.align;

import java.util.Arrays;

/**
 * The range of an image's intensities that tells tissues apart: from a low to a high percentile, so that a few hot voxels do
 * not squeeze the rest into one bin.
 *
 * @param low  intensity of the first bin and below
 * @param high intensity of the last bin and above
 */
record Tones(float low, float high) {

    private static final double LOW_SHARE = 0.005;
    private static final double HIGH_SHARE = 0.995;

    /** Percentiles are read from about this many values. */
    private static final int READ = 1 << 15;

    /** @param values any unit. Not modified.
     *  @throws IllegalArgumentException if a value read is not finite */
    static Tones of(float[] values) {
        int step = Math.max(1, values.length / READ);
        float[] some = new float[(values.length + step - 1) / step];
        for (int n = 0; n < some.length; n++) {
            some[n] = values[n * step];
        }
        Arrays.sort(some);
        if (!Float.isFinite(some[0]) || !Float.isFinite(some[some.length - 1])) {
            throw new IllegalArgumentException("intensities must be finite, got " + some[0] + " to "
                    + some[some.length - 1]);
        }
        return new Tones(some[(int) (LOW_SHARE * (some.length - 1))], some[(int) (HIGH_SHARE * (some.length - 1))]);
    }

    /** Whether there is nothing to tell apart. */
    boolean isFlat() {
        return !(high > low);
    }

    /** @return the place of a value on a scale from 0 (low) to {@code bins} - 1 (high), cut off there */
    float place(float value, int bins) {
        return Math.max(0, Math.min(bins - 1, (value - low) / (high - low) * (bins - 1)));
    }
}
