package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;

/**
 * Sums over the window³ voxels around each voxel; what lies beyond the array counts 0. The sum is its own adjoint, so
 * derivatives go through it the same way.
 *
 * <p>Kernels work on padded planes, [height + 2 r, width + 2 r] with r = window / 2 and zeros around the image, so that a sum
 * along an axis is one long loop without a border.
 */
final class BoxSum {
    private final int depth;
    private final int height;
    private final int width;
    private final int radius;
    private final int pitch;
    private final int plane;

    BoxSum(Grid grid, int window) {
        depth = grid.depth();
        height = grid.height();
        width = grid.width();
        radius = window / 2;
        pitch = width + 2 * radius;
        plane = (height + 2 * radius) * pitch;
    }

    /** Floats of a padded plane. */
    int plane() {
        return plane;
    }

    /** Offset in a padded plane of voxel (j, 0). */
    int row(int j) {
        return (j + radius) * pitch + radius;
    }

    /** First offset that {@link #across} and {@link #inPlane} write, in the plane. */
    int from() {
        return row(0);
    }

    /** Behind the last one. */
    int to() {
        return row(height - 1) + width;
    }

    /**
     * Sums over window² within one plane.
     *
     * @param in   padded planes, zeros in the padding of this one. Not modified.
     * @param base offset of the plane in all three
     * @param rows padded planes, scratch
     * @param out  padded planes; between {@link #from()} and {@link #to()} overwritten, also in the padding
     */
    void inPlane(float[] in, int base, float[] rows, float[] out) {
        int first = base + radius;
        int last = base + plane - radius;
        along(in, first, last, 1, rows);
        along(rows, base + from(), base + to(), pitch, out);
    }

    private void along(float[] in, int first, int last, int step, float[] out) {
        if (radius == 2) {
            for (int p = first; p < last; p++) {
                out[p] = in[p - 2 * step] + in[p - step] + in[p] + in[p + step] + in[p + 2 * step];
            }
            return;
        }
        Arrays.fill(out, first, last, 0);
        for (int shift = -radius * step; shift <= radius * step; shift += step) {
            for (int p = first; p < last; p++) {
                out[p] += in[p + shift];
            }
        }
    }

    /**
     * Sums over the planes around plane k.
     *
     * @param in  padded planes that hold sums within planes. Not modified.
     * @param out padded planes; plane k is overwritten between {@link #from()} and {@link #to()}
     */
    void across(int k, float[] in, float[] out) {
        int to = k * plane + to();
        int p0 = k * plane + from();
        if (radius == 2 && k >= 2 && k < depth - 2) {
            for (int p = p0; p < to; p++) {
                out[p] = in[p - 2 * plane] + in[p - plane] + in[p] + in[p + plane] + in[p + 2 * plane];
            }
            return;
        }
        Arrays.fill(out, p0, to, 0);
        for (int s = Math.max(0, k - radius); s <= Math.min(depth - 1, k + radius); s++) {
            int shift = (s - k) * plane;
            for (int p = p0; p < to; p++) {
                out[p] += in[p + shift];
            }
        }
    }

    /** @param a [D, H, W]; becomes its window sums */
    void inPlace(float[] a) {
        float[] padded = new float[depth * plane];
        float[] rows = new float[depth * plane];
        float[] sums = new float[depth * plane];
        Slices.forEach(depth, k -> {
            for (int j = 0; j < height; j++) {
                System.arraycopy(a, (k * height + j) * width, padded, k * plane + row(j), width);
            }
            inPlane(padded, k * plane, rows, sums);
        });
        Slices.forEach(depth, k -> {
            across(k, sums, rows);
            for (int j = 0; j < height; j++) {
                System.arraycopy(rows, k * plane + row(j), a, (k * height + j) * width, width);
            }
        });
    }
}
