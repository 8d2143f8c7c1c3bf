package org.regstream.core.warp;

import org.regstream.core.geometry.Grid;

/**
 * Kernels that read one value at a fractional index (k, j, i) of an array [D, H, W]. What lies on a border or half way between
 * two voxels is decided with the same room for rounding everywhere, so that a move of all grids changes nothing.
 */
public final class Interpolation {

    /** Fractions of a voxel smaller than this are rounding of the affine arithmetic, not an offset. */
    public static final double ROUNDING = 1e-5;

    /** First index that counts as inside: half a voxel before the array's first. */
    public static final double FIRST = -0.5 - ROUNDING;

    private Interpolation() {}

    /** Last index that counts as inside an axis of so many voxels. */
    public static double last(int length) {
        return length - 0.5 + ROUNDING;
    }

    /** Takes rounding off an index, so that coinciding lattices copy exactly. */
    public static double snap(double index) {
        double whole = Math.rint(index);
        return Math.abs(index - whole) < ROUNDING ? whole : index;
    }

    /** Whether the index lies within half a voxel of the array. */
    public static boolean isInside(Grid g, double k, double j, double i) {
        return k >= FIRST && j >= FIRST && i >= FIRST && k <= last(g.depth()) && j <= last(g.height())
                && i <= last(g.width());
    }

    /** Trilinear, the index clamped to the array. {@code base} is the offset of the channel. */
    public static float linear(float[] a, int base, Grid g, double k, double j, double i) {
        double kc = clamp(k, g.depth() - 1);
        double jc = clamp(j, g.height() - 1);
        double ic = clamp(i, g.width() - 1);
        int k0 = (int) kc;
        int j0 = (int) jc;
        int i0 = (int) ic;
        float wk = (float) (kc - k0);
        float wj = (float) (jc - j0);
        float wi = (float) (ic - i0);
        int row = g.width();
        int slice = row * g.height();
        int dk = k0 + 1 < g.depth() ? slice : 0;
        int dj = j0 + 1 < g.height() ? row : 0;
        int di = i0 + 1 < g.width() ? 1 : 0;
        int p = base + k0 * slice + j0 * row + i0;
        float a00 = a[p] + wi * (a[p + di] - a[p]);
        float a01 = a[p + dj] + wi * (a[p + dj + di] - a[p + dj]);
        float a10 = a[p + dk] + wi * (a[p + dk + di] - a[p + dk]);
        float a11 = a[p + dk + dj] + wi * (a[p + dk + dj + di] - a[p + dk + dj]);
        float a0 = a00 + wj * (a01 - a00);
        float a1 = a10 + wj * (a11 - a10);
        return a0 + wk * (a1 - a0);
    }

    /** Half way between two voxels it is the higher one, everywhere: half a voxel of shift keeps every voxel once. */
    public static int nearestOffset(Grid g, double k, double j, double i) {
        return g.offset(nearest(k, g.depth()), nearest(j, g.height()), nearest(i, g.width()));
    }

    private static int nearest(double index, int length) {
        return (int) (clamp(index, length - 1) + 0.5 + ROUNDING);
    }

    private static double clamp(double index, int max) {
        return index < 0 ? 0 : index > max ? max : index;
    }
}
