package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;

/**
 * Control points of a cubic B-spline, every few voxels: the unknowns of one level, and the dense smooth field that they stand
 * for. Along each axis control point m lies at voxel (m - 1) * stride, and four of them share each voxel. An instance keeps scratch
 * arrays: one call at a time.
 */
final class ControlLattice {
    private static final int SHARES = 4;

    private final Grid grid;
    private final int stride;
    private final int[] points;
    private final float[][] weights;
    private final float[][] alongI;
    private final float[][] alongJ;

    /** @param stride voxels from one control point to the next, at least 1 */
    ControlLattice(Grid grid, int stride) {
        this.grid = grid;
        this.stride = stride;
        points = new int[]{points(grid.depth()), points(grid.height()), points(grid.width())};
        weights = new float[stride][SHARES];
        for (int x = 0; x < stride; x++) {
            for (int share = 0; share < SHARES; share++) {
                weights[x][share] = weight(share, (double) x / stride);
            }
        }
        alongI = new float[3][points[0] * points[1] * grid.width()];
        alongJ = new float[3][points[0] * grid.height() * grid.width()];
    }

    private int points(int length) {
        return (length - 1) / stride + SHARES;
    }

    /** Unknowns of one field: three components of every control point. */
    int size() {
        return 3 * points[0] * points[1] * points[2];
    }

    /**
     * Which unknowns may differ from 0 if the field has to be 0 beyond a part that does not end where the image does: those of the
     * control points whose share ends within the part.
     *
     * @param part of the lattice's shape
     * @return [3, points k, points j, points i]
     */
    boolean[] free(Part part) {
        boolean[] free = new boolean[size()];
        int x = 0;
        for (int c = 0; c < 3; c++) {
            for (int k = 0; k < points[0]; k++) {
                for (int j = 0; j < points[1]; j++) {
                    for (int i = 0; i < points[2]; i++, x++) {
                        free[x] = isFree(part, 0, k) && isFree(part, 1, j) && isFree(part, 2, i);
                    }
                }
            }
        }
        return free;
    }

    private boolean isFree(Part part, int axis, int m) {
        int at = (m - 1) * stride;
        return (at - 2 * stride >= -1 || part.beginsAtBorder(axis))
                && (at + 2 * stride <= grid.shape()[axis] || part.endsAtBorder(axis));
    }

    /**
     * @param control [3, points k, points j, points i], voxels. Not modified.
     * @param dense   [3, D, H, W], voxels; overwritten
     */
    void expand(float[] control, float[] dense) {
        int plane = grid.height() * grid.width();
        Slices.forEach(3, grid.size(), c -> {
            expand(control, c * size() / 3, points[0] * points[1], grid.width(), 1, alongI[c]);
            expand(alongI[c], 0, points[0], grid.height(), grid.width(), alongJ[c]);
        });
        Slices.forEach(grid.depth(), grid.size(), k -> {
            for (int c = 0; c < 3; c++) {
                blend(alongJ[c], k / stride * plane, plane, weights[k % stride], dense, c * grid.size() + k * plane);
            }
        });
    }

    /**
     * The adjoint of {@link #expand}: what a derivative by the dense field is by the control points.
     *
     * @param dense   [3, D, H, W]. Not modified.
     * @param control [3, points k, points j, points i]; overwritten
     */
    void gather(float[] dense, float[] control) {
        int plane = grid.height() * grid.width();
        Slices.forEach(3 * points[0], grid.size(), task -> {
            int c = task / points[0];
            int m = task % points[0];
            Arrays.fill(alongJ[c], m * plane, (m + 1) * plane, 0);
            for (int k = Math.max(0, (m - 3) * stride); k < Math.min(grid.depth(), (m + 1) * stride); k++) {
                add(dense, c * grid.size() + k * plane, plane, weights[k % stride][m - k / stride], alongJ[c],
                        m * plane);
            }
        });
        Slices.forEach(3, grid.size(), c -> {
            Arrays.fill(alongI[c], 0);
            Arrays.fill(control, c * size() / 3, (c + 1) * size() / 3, 0);
            gather(alongJ[c], points[0], grid.height(), grid.width(), alongI[c], 0);
            gather(alongI[c], points[0] * points[1], grid.width(), 1, control, c * size() / 3);
        });
    }

    /** From [blocks, points, run] at {@code in} to [blocks, length, run]. */
    private void expand(float[] from, int in, int blocks, int length, int run, float[] to) {
        int coarse = points(length);
        for (int block = 0; block < blocks; block++) {
            for (int x = 0; x < length; x++) {
                blend(from, in + (block * coarse + x / stride) * run, run, weights[x % stride], to,
                        (block * length + x) * run);
            }
        }
    }

    /** Four runs that follow one another become one. */
    private static void blend(float[] from, int p, int run, float[] weight, float[] to, int q) {
        float a = weight[0];
        float b = weight[1];
        float c = weight[2];
        float d = weight[3];
        int second = p + run;
        int third = p + 2 * run;
        int fourth = p + 3 * run;
        for (int r = 0; r < run; r++) {
            to[q + r] = a * from[p + r] + b * from[second + r] + c * from[third + r] + d * from[fourth + r];
        }
    }

    /** From [blocks, length, run] to [blocks, points, run] at {@code out}. */
    private void gather(float[] from, int blocks, int length, int run, float[] to, int out) {
        int coarse = points(length);
        for (int block = 0; block < blocks; block++) {
            for (int x = 0; x < length; x++) {
                for (int share = 0; share < SHARES; share++) {
                    add(from, (block * length + x) * run, run, weights[x % stride][share], to,
                            out + (block * coarse + x / stride + share) * run);
                }
            }
        }
    }

    private static void add(float[] from, int p, int run, float weight, float[] to, int q) {
        for (int r = 0; r < run; r++) {
            to[q + r] += weight * from[p + r];
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
