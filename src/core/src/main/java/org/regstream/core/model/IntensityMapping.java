package org.regstream.core.model;

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
     * @return new array in [0, 1]; all 0 if the image is constant or no voxel is inside
     * @throws IllegalArgumentException if a voxel inside is not finite
     */
    public float[] apply(float[] values, boolean[] inside) {
        float[] counted = new float[values.length];
        int n = 0;
        float low = Float.POSITIVE_INFINITY;
        for (int x = 0; x < values.length; x++) {
            if (inside[x]) {
                if (!Float.isFinite(values[x])) {
                    throw new IllegalArgumentException(
                            "intensities must be finite, got " + values[x] + " at offset " + x);
                }
                low = Math.min(low, values[x]);
                counted[n++] = values[x];
            }
        }
        float high = n == 0 ? low : percentile(counted, n);
        float[] out = new float[values.length];
        if (high > low) {
            float scale = 1 / (high - low);
            for (int x = 0; x < values.length; x++) {
                out[x] = inside[x] ? Math.min(1, (values[x] - low) * scale) : 0;
            }
        }
        return out;
    }

    /** Linear between order statistics, as numpy's default. Reorders {@code values}. */
    private float percentile(float[] values, int n) {
        double at = upperPercentile / 100 * (n - 1);
        int below = (int) at;
        float lower = select(values, n, below);
        if (below + 1 >= n) {
            return lower;
        }
        float upper = Float.POSITIVE_INFINITY;
        for (int x = below + 1; x < n; x++) {
            upper = Math.min(upper, values[x]);
        }
        return (float) (lower + (at - below) * (upper - lower));
    }

    /** Hoare's selection: afterwards the first {@code rank} values are not above, the others not below the result. */
    private static float select(float[] values, int n, int rank) {
        int low = 0;
        int high = n - 1;
        while (low < high) {
            float pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    float swap = values[i];
                    values[i++] = values[j];
                    values[j--] = swap;
                }
            }
            if (rank <= j) {
                high = j;
            } else if (rank >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[rank];
    }
}
