package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.optimise.OptimisedField.Fit;

/**
 * What is minimised on one part of the grid: dissimilarity of the images, weighted difference of the outlines if there are any, and
 * weighted roughness of what the field adds to where it started. Keeps derivative and curvature of the last field: one call at a
 * time.
 */
final class Objective {
    private final Part part;
    private final PointwiseTerm dissimilarity;
    private final PointwiseTerm outlines;
    private final double outlineWeight;
    private final SmoothnessTerm roughness;
    private final double smoothness;
    private final float[] gradient;
    private final float[] curvature;
    private final float[] added;

    Objective(View view, OptimisationSettings settings) {
        part = view.part();
        Grid grid = part.grid();
        dissimilarity = settings.similarity().of(view);
        outlineWeight = view.outlines() == null ? 0 : settings.outlineWeight();
        outlines = outlineWeight > 0 ? new OutlineTerm(view) : null;
        boolean[] all = new boolean[grid.size()];
        Arrays.fill(all, true);
        roughness = new SmoothnessTerm(grid, all);
        smoothness = settings.smoothness();
        gradient = new float[3 * grid.size()];
        curvature = new float[6 * grid.size()];
        added = new float[3 * grid.size()];
    }

    Part part() {
        return part;
    }

    /**
     * @param u     displacement, [3, d, h, w], voxels of the part. Not modified.
     * @param start where the fit started, likewise
     */
    Fit of(float[] u, float[] start) {
        Arrays.fill(gradient, 0);
        Arrays.fill(curvature, 0);
        for (int y = 0; y < u.length; y++) {
            added[y] = u[y] - start[y];
        }
        double unlike = dissimilarity.evaluate(u, 1, gradient, curvature);
        double apart = outlines == null ? 0 : outlines.evaluate(u, outlineWeight, gradient, curvature);
        return new Fit(unlike + outlineWeight * apart + smoothness * roughness.evaluate(added, smoothness, gradient),
                unlike);
    }

    /** Of the last field, [3, d, h, w], 1 / voxel. Not to be modified; the next call of {@link #of} overwrites it. */
    float[] gradient() {
        return gradient;
    }

    /** The last field's curvature times a change of the field. @param out [3, d, h, w]; overwritten */
    void bend(float[] change, float[] out) {
        int n = part.grid().size();
        int plane = part.grid().height() * part.grid().width();
        float[] h = curvature;
        Slices.forEach(part.grid().depth(), n, k -> {
            for (int x = k * plane; x < (k + 1) * plane; x++) {
                float a = change[x];
                float b = change[n + x];
                float c = change[2 * n + x];
                out[x] = h[x] * a + h[n + x] * b + h[2 * n + x] * c;
                out[n + x] = h[n + x] * a + h[3 * n + x] * b + h[4 * n + x] * c;
                out[2 * n + x] = h[2 * n + x] * a + h[4 * n + x] * b + h[5 * n + x] * c;
            }
        });
        roughness.addDerivative(change, smoothness, out);
    }
}
