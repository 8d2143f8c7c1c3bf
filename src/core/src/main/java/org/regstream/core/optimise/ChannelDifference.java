package org.regstream.core.optimise;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Shapes;

/**
 * Squared difference of channels a of the fixed and b of the moving side, summed over the voxels that count:
 *
 * <pre>
 * L = 1 / scale * Σ over x and c of (a(x, c) - b(x + u(x), c))²
 * </pre>
 */
final class ChannelDifference implements PointwiseTerm {
    private final Grid grid;
    private final Part part;
    private final boolean[] mayCount;
    private final Coverage coverage;
    private final int channels;
    private final float[] fixed;
    private final Pull moving;
    private final LongToDoubleFunction scale;
    private final int[] counted;
    private final double[] parts;
    private final float[] slope;
    private final float[] bend;

    /**
     * @param channels of both sides
     * @param fixed    [d, h, w, C] of the view's part; referenced
     * @param moving   [D, H, W, C] of the view's whole grid; referenced
     * @param scale    of the number of voxels that count, at least 1: what the sum is divided by, positive
     */
    ChannelDifference(View view, int channels, float[] fixed, float[] moving, LongToDoubleFunction scale) {
        part = view.part();
        grid = part.grid();
        mayCount = view.mayCount();
        coverage = view.coverage();
        this.channels = channels;
        this.fixed = fixed;
        this.moving = new Pull(view.moving().grid(), channels, moving);
        this.scale = scale;
        counted = new int[grid.depth()];
        parts = new double[grid.depth()];
        slope = new float[3 * grid.size()];
        bend = new float[6 * grid.size()];
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient, float[] curvature) {
        Shapes.requireLength("displacement", u.length, grid, 3);
        double squares = Slices.sum(parts, grid.size(), k -> slice(k, u, curvature != null));
        double per = 1 / scale.applyAsDouble(Math.max(1, counted()));
        Slices.forEach(grid.depth(), grid.size(), k -> {
            add(k, 3, slope, (float) (2 * weight * per), gradient);
            if (curvature != null) {
                add(k, 6, bend, (float) (2 * weight * per), curvature);
            }
        });
        return squares * per;
    }

    private long counted() {
        long voxels = 0;
        for (int c : counted) {
            voxels += c;
        }
        return voxels;
    }

    private double slice(int k, float[] u, boolean bends) {
        int size = grid.size();
        float[] out = new float[4 * channels];
        float[] sums = new float[9];
        double squares = 0;
        counted[k] = 0;
        for (int j = 0, x = grid.offset(k, 0, 0); j < grid.height(); j++) {
            for (int i = 0; i < grid.width(); i++, x++) {
                Arrays.fill(sums, 0);
                float pullK = k + part.offset(0) + u[x];
                float pullJ = j + part.offset(1) + u[size + x];
                float pullI = i + part.offset(2) + u[2 * size + x];
                if (mayCount[x] && coverage.at(pullK, pullJ, pullI)) {
                    counted[k]++;
                    moving.at(pullK, pullJ, pullI, out);
                    squares += compare(x, out, sums, bends);
                }
                for (int c = 0; c < 3; c++) {
                    slope[c * size + x] = sums[c];
                }
                for (int c = 0; bends && c < 6; c++) {
                    bend[c * size + x] = sums[3 + c];
                }
            }
        }
        return squares;
    }

    private double compare(int x, float[] out, float[] sums, boolean bends) {
        float squares = 0;
        for (int c = 0; c < channels; c++) {
            float difference = out[c] - fixed[x * channels + c];
            float byK = out[channels + c];
            float byJ = out[2 * channels + c];
            float byI = out[3 * channels + c];
            squares += difference * difference;
            sums[0] += difference * byK;
            sums[1] += difference * byJ;
            sums[2] += difference * byI;
            if (bends) {
                sums[3] += byK * byK;
                sums[4] += byK * byJ;
                sums[5] += byK * byI;
                sums[6] += byJ * byJ;
                sums[7] += byJ * byI;
                sums[8] += byI * byI;
            }
        }
        return squares;
    }

    private void add(int k, int components, float[] from, float factor, float[] to) {
        int plane = grid.height() * grid.width();
        for (int c = 0; c < components; c++) {
            int first = c * grid.size() + k * plane;
            for (int x = first; x < first + plane; x++) {
                to[x] += factor * from[x];
            }
        }
    }
}
