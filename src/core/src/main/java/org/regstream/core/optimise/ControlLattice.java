package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;

/**
 * Control points of a cubic B-spline, every few voxels: the unknowns of one level, and the dense smooth field that they stand
 * for. Along each axis control point m lies at voxel (m - 1) * stride, and four of them share each voxel.
 */
final class ControlLattice {
    private static final int SHARES = 4;

    private final Grid grid;
    private final int stride;
    private final int[] points;

    /** @param stride voxels from one control point to the next, at least 1 */
    ControlLattice(Grid grid, int stride) {
        this.grid = grid;
        this.stride = stride;
        points = new int[]{points(grid.depth()), points(grid.height()), points(grid.width())};
    }

    private int points(int length) {
        return (length - 1) / stride + SHARES;
    }

    /** Unknowns of one field: three components of every control point. */
    int size() {
        return 3 * points[0] * points[1] * points[2];
    }

    /**
     * @param control [3, points k, points j, points i], voxels. Not modified.
     * @param dense   [3, D, H, W], voxels; overwritten
     */
    void expand(float[] control, float[] dense) {
        Slices.forEach(3, c -> {
            float[] alongI = new float[points[0] * points[1] * grid.width()];
            float[] alongJ = new float[points[0] * grid.height() * grid.width()];
            expand(control, c * size() / 3, points[0] * points[1], grid.width(), 1, alongI, 0);
            expand(alongI, 0, points[0], grid.height(), grid.width(), alongJ, 0);
            expand(alongJ, 0, 1, grid.depth(), grid.height() * grid.width(), dense, c * grid.size());
        });
    }

    /**
     * The adjoint of {@link #expand}: what a derivative by the dense field is by the control points.
     *
     * @param dense   [3, D, H, W]. Not modified.
     * @param control [3, points k, points j, points i]; overwritten
     */
    void gather(float[] dense, float[] control) {
        Slices.forEach(3, c -> {
            float[] alongI = new float[points[0] * points[1] * grid.width()];
            float[] alongJ = new float[points[0] * grid.height() * grid.width()];
            Arrays.fill(control, c * size() / 3, (c + 1) * size() / 3, 0);
            gather(dense, c * grid.size(), 1, grid.depth(), grid.height() * grid.width(), alongJ, 0);
            gather(alongJ, 0, points[0], grid.height(), grid.width(), alongI, 0);
            gather(alongI, 0, points[0] * points[1], grid.width(), 1, control, c * size() / 3);
        });
    }

    /** From [blocks, points, run] at {@code in} to [blocks, length, run] at {@code out}. */
    private void expand(float[] from, int in, int blocks, int length, int run, float[] to, int out) {
        int coarse = points(length);
        Arrays.fill(to, out, out + blocks * length * run, 0);
        for (int x = 0; x < length; x++) {
            for (int share = 0; share < SHARES; share++) {
                float weight = weight(share, (double) (x % stride) / stride);
                for (int block = 0; block < blocks; block++) {
                    int p = in + (block * coarse + x / stride + share) * run;
                    int q = out + (block * length + x) * run;
                    for (int r = 0; r < run; r++) {
                        to[q + r] += weight * from[p + r];
                    }
                }
            }
        }
    }

    private void gather(float[] from, int in, int blocks, int length, int run, float[] to, int out) {
        int coarse = points(length);
        for (int x = 0; x < length; x++) {
            for (int share = 0; share < SHARES; share++) {
                float weight = weight(share, (double) (x % stride) / stride);
                for (int block = 0; block < blocks; block++) {
                    int p = out + (block * coarse + x / stride + share) * run;
                    int q = in + (block * length + x) * run;
                    for (int r = 0; r < run; r++) {
                        to[p + r] += weight * from[q + r];
                    }
                }
            }
        }
    }

    /** The four pieces of the uniform cubic B-spline; they sum to 1. @param t from the second control point on, in [0, 1) */
    private static float weight(int share, double t) {
        double s = 1 - t;
        switch (share) {
            case 0 :
                return (float) (s * s * s / 6);
            case 1 :
                return (float) ((3 * t * t * t - 6 * t * t + 4) / 6);
            case 2 :
                return (float) ((3 * s * s * s - 6 * s * s + 4) / 6);
            default :
                return (float) (t * t * t / 6);
        }
    }
}
