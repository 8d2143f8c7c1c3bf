package org.regstream.onnx;

import java.util.Arrays;
import java.util.Locale;

import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;

/**
 * The voxels of a window at which golden files keep outputs: every n-th of each axis from voxel (0, 0, 0) on, n the smallest
 * step that keeps at most {@link GoldenPair#MAX_SAMPLES} voxels.
 */
record GoldenSamples(Grid grid, int step) {

    static GoldenSamples of(Grid grid) {
        int step = 1;
        while (samples(grid, step) > GoldenPair.MAX_SAMPLES) {
            step++;
        }
        return new GoldenSamples(grid, step);
    }

    private static long samples(Grid g, int step) {
        return (long) count(g.depth(), step) * count(g.height(), step) * count(g.width(), step);
    }

    private static int count(int n, int step) {
        return (n + step - 1) / step;
    }

    /** [d, h, w]. */
    int[] shape() {
        return new int[]{count(grid.depth(), step), count(grid.height(), step), count(grid.width(), step)};
    }

    /** [channels, d, h, w]. */
    int[] shape(int channels) {
        int[] s = shape();
        return new int[]{channels, s[0], s[1], s[2]};
    }

    /** @param values [channels, D, H, W]. Not modified.
     *  @return new array, [channels, d, h, w] */
    float[] of(float[] values, int channels) {
        int[] s = shape();
        float[] out = new float[channels * s[0] * s[1] * s[2]];
        int to = 0;
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < grid.depth(); k += step) {
                for (int j = 0; j < grid.height(); j += step) {
                    for (int i = 0; i < grid.width(); i += step) {
                        out[to++] = values[c * grid.size() + grid.offset(k, j, i)];
                    }
                }
            }
        }
        return out;
    }

    /** @throws ModelException with the largest difference, where it is and the tolerance, if that is exceeded */
    void compare(String output, float[] expected, float[] got, double tolerance) {
        int worst = worst(expected, got);
        if (difference(got[worst], expected[worst]) > tolerance) {
            throw failed(output, "channel and voxel " + voxelOf(worst), expected[worst], got[worst], tolerance);
        }
    }

    /** @return the first place of the largest difference */
    static int worst(float[] expected, float[] got) {
        int worst = 0;
        for (int x = 1; x < expected.length; x++) {
            if (difference(got[x], expected[x]) > difference(got[worst], expected[worst])) {
                worst = x;
            }
        }
        return worst;
    }

    static ModelException failed(String output, String where, float expected, float got, double tolerance) {
        return new ModelException(String.format(Locale.ROOT,
                "golden check failed: %s differs by %.3g at %s (got %.6g, expected %.6g, tolerance %.3g); the network does"
                        + " not compute here what was exported: export the package again, or choose another provider",
                output, difference(got, expected), where, got, expected, tolerance));
    }

    /** Infinite where the output is not a number: larger than any other difference. */
    static double difference(float got, float expected) {
        return Float.isFinite(got) ? Math.abs((double) got - expected) : Double.POSITIVE_INFINITY;
    }

    private String voxelOf(int sample) {
        int[] s = shape();
        return Arrays.toString(new int[]{sample / (s[0] * s[1] * s[2]), sample / (s[1] * s[2]) % s[0] * step,
                sample / s[2] % s[1] * step, sample % s[2] * step});
    }
}
