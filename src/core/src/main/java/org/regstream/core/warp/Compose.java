package org.regstream.core.warp;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Shapes;

/** Two warps in one. */
public final class Compose {

    private Compose() {}

    /**
     * The field that warps as {@code u} and then {@code v} do: {@code warp(warp(image, u), v) = warp(image, of(u, v))} up to
     * interpolation, {@code of(u, v)(x) = v(x) + u(x + v(x))}, trilinear. Beyond the grid u keeps its value at the border.
     *
     * @param u displacement, [3, D, H, W], voxels, of the first warp. Not modified.
     * @param v displacement on the same grid, of the second warp. Not modified.
     * @return new array, voxels of the same grid
     * @throws org.regstream.core.volume.ShapeMismatchException if the grids differ
     */
    public static DisplacementField of(DisplacementField u, DisplacementField v) {
        Shapes.requireSameGrid("composed fields", u.grid(), v.grid());
        float[] out = new float[v.components().length];
        add(u.components(), v.components(), u.grid(), out);
        return DisplacementField.takeOwnershipOf(u.grid(), out);
    }

    /** {@code out(x) = v(x) + u(x + v(x))}; {@code out} is neither of the two. */
    static void add(float[] u, float[] v, Grid g, float[] out) {
        int n = g.size();
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    double atK = k + (double) v[x];
                    double atJ = j + (double) v[n + x];
                    double atI = i + (double) v[2 * n + x];
                    out[x] = v[x] + Interpolation.linear(u, 0, g, atK, atJ, atI);
                    out[n + x] = v[n + x] + Interpolation.linear(u, n, g, atK, atJ, atI);
                    out[2 * n + x] = v[2 * n + x] + Interpolation.linear(u, 2 * n, g, atK, atJ, atI);
                }
            }
        }
    }
}
