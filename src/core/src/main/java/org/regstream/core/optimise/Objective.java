package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.optimise.OptimisedField.Fit;

/**
 * What is minimised on one part of the grid: dissimilarity of the images, weighted difference of the outlines if there are any, and
 * weighted roughness of the field, over all of the part. Keeps derivative and curvature of the last field: one call at a
 * time.
 */
final class Objective {
    /** Largest eigenvalue of the squared forward differences along three axes, twice 12: at most how roughness is held. */
    private static final double ROUGHEST = 24;

    private final View view;
    private final Part part;
    private final Similarity similarity;
    private final PointwiseTerm dissimilarity;
    private final PointwiseTerm outlines;
    private final double outlineWeight;
    private final SmoothnessTerm roughness;
    private final double smoothness;
    private final float[] gradient;
    private final float[] curvature;
    private final float[] outlineGradient;
    private final float[] outlineCurvature;

    Objective(View view, OptimisationSettings settings) {
        this.view = view;
        part = view.part();
        Grid grid = part.grid();
        similarity = settings.similarity();
        dissimilarity = settings.similarity().of(view);
        outlineWeight = view.outlines() == null ? 0 : settings.outlineWeight();
        outlines = outlineWeight > 0 ? new OutlineTerm(view) : null;
        boolean[] all = new boolean[grid.size()];
        Arrays.fill(all, true);
        roughness = new SmoothnessTerm(grid, all);
        smoothness = settings.smoothness();
        gradient = new float[3 * grid.size()];
        curvature = new float[6 * grid.size()];
        outlineGradient = new float[outlines == null ? 0 : gradient.length];
        outlineCurvature = new float[outlines == null ? 0 : curvature.length];
    }

    View view() {
        return view;
    }

    Part part() {
        return part;
    }

    /**
     * @param u displacement, [3, d, h, w], voxels of the part. Not modified.
     */
    Fit of(float[] u) {
        Arrays.fill(gradient, 0);
        Arrays.fill(curvature, 0);
        double unlike = dissimilarity.evaluate(u, 1, gradient, curvature);
        double apart = outlines == null ? 0 : addOutlines(u, unlike);
        return new Fit(unlike + apart + smoothness * roughness.evaluate(u, smoothness, gradient), unlike);
    }

    /**
     * Outlines count as far as the images leave something unexplained: w q(D) O has the derivative
     * {@code w q(D) grad O + w q'(D) O grad D}.
     *
     * @return the weighted difference
     */
    private double addOutlines(float[] u, double unlike) {
        double weight = outlineWeight * similarity.unexplained(unlike);
        Arrays.fill(outlineGradient, 0);
        Arrays.fill(outlineCurvature, 0);
        double apart = outlines.evaluate(u, weight, outlineGradient, outlineCurvature);
        float share = (float) (1 + outlineWeight * similarity.unexplainedSlope(unlike) * apart);
        combine(gradient, share, outlineGradient);
        combine(curvature, share, outlineCurvature);
        return weight * apart;
    }

    private static void combine(float[] a, float share, float[] b) {
        for (int x = 0; x < a.length; x++) {
            a[x] = share * a[x] + b[x];
        }
    }

    /** Of the last field, [3, d, h, w], 1 / voxel. Not to be modified; the next call of {@link #of} overwrites it. */
    float[] gradient() {
        return gradient;
    }

    /**
     * About how strongly each component of a voxel is held, from the last field's curvature.
     *
     * @param stride of the lattice: splines are as rough as it allows
     * @param out    [3, d, h, w]; overwritten
     */
    void stiffness(int stride, float[] out) {
        int n = part.grid().size();
        float own = (float) (smoothness * ROUGHEST / ((double) stride * stride * n));
        for (int x = 0; x < n; x++) {
            out[x] = curvature[x] + own;
            out[n + x] = curvature[3 * n + x] + own;
            out[2 * n + x] = curvature[5 * n + x] + own;
        }
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
