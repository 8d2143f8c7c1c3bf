package org.regstream.core.optimise;

import org.regstream.core.volume.LabelProbabilities;

/**
 * How far the outlines painted on the fixed image are from those painted on the moving image, wherever the field pulls from, as a
 * share of both:
 *
 * <pre>
 * L = Σ over x and structures c of (p_fixed(x, c) - p_moving(x + u(x), c))² / (Σ p_fixed² + Σ p_moving²)
 * </pre>
 *
 * where the sums below run over the view and do not move with the field. About 0 for equal outlines, 1 for disjoint ones, however
 * small the structures are in the image: one minus the Dice of crisp outlines of equal size. 0 where neither side has an outline.
 */
final class OutlineTerm implements PointwiseTerm {
    private final ChannelDifference difference;

    OutlineTerm(View view) {
        LabelProbabilities fixed = view.outlines().fixed();
        LabelProbabilities moving = view.outlines().moving();
        int structures = fixed.channels() - 1;
        float[] here = view.cut(sideBySide(fixed), structures);
        float[] there = sideBySide(moving);
        double scale = squares(here) + squares(there);
        difference = scale > 0 ? new ChannelDifference(view, structures, here, there, counted -> scale) : null;
    }

    /** @return [D, H, W, C - 1], without the background */
    private static float[] sideBySide(LabelProbabilities p) {
        int n = p.grid().size();
        int structures = p.channels() - 1;
        float[] out = new float[structures * n];
        for (int c = 0; c < structures; c++) {
            for (int x = 0; x < n; x++) {
                out[x * structures + c] = p.values()[(c + 1) * n + x];
            }
        }
        return out;
    }

    private static double squares(float[] a) {
        double sum = 0;
        for (float v : a) {
            sum += v * v;
        }
        return sum;
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient, float[] curvature) {
        return difference == null ? 0 : difference.evaluate(u, weight, gradient, curvature);
    }
}
