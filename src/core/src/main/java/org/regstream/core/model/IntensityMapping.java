package org.regstream.core.model;

import java.util.Arrays;

/**
 * Maps intensities to the network's range: the minimum of the image goes to 0, the given percentile to 1, clipped.
 * Only voxels inside the image count; padding becomes 0.
 *
 * @param upperPercentile in (0, 100], METHODS: 99.9
 */
public record IntensityMapping(double upperPercentile) {

    public IntensityMapping {
        if (!(upperPercentile > 0 && upperPercentile <= 100)) {
            throw new IllegalArgumentException("upperPercentile must lie in (0, 100], got " + upperPercentile);
        }
    }

    /**
     * @param values intensities, [D, H, W], any unit. Not modified.
     * @param inside true where the voxel belongs to the image, [D, H, W]. Not modified.
     * @return new array in [0, 1]; all 0 if the image is constant
     * @throws IllegalArgumentException if no voxel is inside or one inside is not finite
     */
    public float[] apply(float[] values, boolean[] inside) {
        float[] sorted = new float[values.length];
        int n = 0;
        for (int x = 0; x < values.length; x++) {
            if (inside[x]) {
                if (!Float.isFinite(values[x])) {
                    throw new IllegalArgumentException(
                            "intensities must be finite, got " + values[x] + " at offset " + x);
                }
                sorted[n++] = values[x];
            }
        }
        if (n == 0) {
            throw new IllegalArgumentException("no voxel of the image lies inside the network's window");
        }
        Arrays.sort(sorted, 0, n);
        float low = sorted[0];
        float high = percentile(sorted, n);
        float[] out = new float[values.length];
        if (high > low) {
            float scale = 1 / (high - low);
            for (int x = 0; x < values.length; x++) {
                out[x] = inside[x] ? Math.min(1, (values[x] - low) * scale) : 0;
            }
        }
        return out;
    }

    /** Linear between order statistics, as numpy's default. */
    private float percentile(float[] sorted, int n) {
        double at = upperPercentile / 100 * (n - 1);
        int below = (int) at;
        int above = Math.min(below + 1, n - 1);
        return (float) (sorted[below] + (at - below) * (sorted[above] - sorted[below]));
    }
}
