package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;

/**
 * Sums over the window³ voxels around each voxel; what lies beyond the array counts 0. The sum is its own adjoint, so
 * derivatives go through it the same way.
 */
final class BoxSum {
    private final int depth;
    private final int height;
    private final int width;
    private final int radius;
    private final float[] inPlane;

    BoxSum(Grid grid, int window) {
        depth = grid.depth();
        height = grid.height();
        width = grid.width();
        radius = window / 2;
        inPlane = new float[grid.size()];
    }

    /** @param a [D, H, W]; becomes its window sums */
    void inPlace(float[] a) {
        Slices.forEach(depth, k -> plane(a, k));
        Slices.forEach(depth, k -> acrossSlices(k, a));
    }

    private void plane(float[] a, int k) {
        int plane = height * width;
        int from = k * plane;
        float[] rows = new float[plane];
        for (int row = 0; row < plane; row += width) {
            for (int shift = -radius; shift <= radius; shift++) {
                int last = Math.min(width, width - shift);
                for (int i = Math.max(0, -shift); i < last; i++) {
                    rows[row + i] += a[from + row + i + shift];
                }
            }
        }
        Arrays.fill(inPlane, from, from + plane, 0);
        for (int shift = -radius; shift <= radius; shift++) {
            int by = shift * width;
            int last = Math.min(plane, plane - by);
            for (int p = Math.max(0, -by); p < last; p++) {
                inPlane[from + p] += rows[p + by];
            }
        }
    }

    private void acrossSlices(int k, float[] out) {
        int plane = height * width;
        Arrays.fill(out, k * plane, (k + 1) * plane, 0);
        for (int s = Math.max(0, k - radius); s <= Math.min(depth - 1, k + radius); s++) {
            for (int p = 0; p < plane; p++) {
                out[k * plane + p] += inPlane[s * plane + p];
            }
        }
    }
}
