package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Shapes;

/**
 * How far the self-similarity of the fixed image is from that of the moving image, wherever the field pulls from, for images of
 * different contrast:
 *
 * <pre>
 * L = mean over x and c of (d_fixed(x, c) - d_moving(x + u(x), c))²
 * </pre>
 *
 * The descriptors are made once and the moving one is pulled, as in ConvexAdam; to make it anew from the pulled image would cost
 * ten times as much, and differs only where the field turns tissue. Which voxels count: {@link NlccTerm}.
 */
public final class MindTerm implements Term {

    /** Training compares patches of 5; small structures are found better by smaller ones (decision 0013). */
    public static final int DEFAULT_PATCH = 3;

    private static final int MASK = MindDescriptor.CHANNELS;
    private static final int CHANNELS = MindDescriptor.CHANNELS + 1;
    private static final float COVERED = 0.5f;

    private final Grid grid;
    private final boolean[] fixedInside;
    private final float[] fixed;
    private final Pull moving;
    private final float[][] slope;
    private final int[] counted;

    /** @param patch edge of the patches that are compared, voxels, odd, at least 1 */
    public MindTerm(ImagePair pair, int patch) {
        if (patch < 1 || patch % 2 == 0) {
            throw new IllegalArgumentException("patch must be odd and at least 1 voxel, got " + patch);
        }
        grid = pair.grid();
        fixedInside = pair.fixedInside();
        fixed = MindDescriptor.of(pair.fixed(), pair.fixedInside(), patch);
        moving = new Pull(grid, CHANNELS, besideItsMask(pair, patch));
        slope = new float[3][grid.size()];
        counted = new int[grid.depth()];
    }

    private static float[] besideItsMask(ImagePair pair, int patch) {
        float[] descriptor = MindDescriptor.of(pair.moving(), pair.movingInside(), patch);
        float[] both = new float[CHANNELS * pair.grid().size()];
        for (int x = 0; x < pair.grid().size(); x++) {
            System.arraycopy(descriptor, MindDescriptor.CHANNELS * x, both, CHANNELS * x, MindDescriptor.CHANNELS);
            both[CHANNELS * x + MASK] = pair.movingInside()[x] ? 1 : 0;
        }
        return both;
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient) {
        Shapes.requireLength("displacement", u.length, grid, 3);
        double squares = Slices.sum(grid.depth(), k -> slice(k, u));
        long voxels = 0;
        for (int c : counted) {
            voxels += c;
        }
        double perValue = 1.0 / Math.max(1, voxels * MindDescriptor.CHANNELS);
        Slices.forEach(grid.depth(), k -> add(k, (float) (2 * weight * perValue), gradient));
        return squares * perValue;
    }

    private double slice(int k, float[] u) {
        int size = grid.size();
        float[] out = new float[4 * CHANNELS];
        double squares = 0;
        counted[k] = 0;
        for (int j = 0, x = grid.offset(k, 0, 0); j < grid.height(); j++) {
            for (int i = 0; i < grid.width(); i++, x++) {
                boolean counts = fixedInside[x];
                if (counts) {
                    moving.at(k + (double) u[x], j + (double) u[size + x], i + (double) u[2 * size + x], out);
                    counts = out[MASK] > COVERED;
                }
                counted[k] += counts ? 1 : 0;
                squares += counts ? compare(x, out) : nothing(x);
            }
        }
        return squares;
    }

    private double compare(int x, float[] out) {
        float squares = 0;
        float byK = 0;
        float byJ = 0;
        float byI = 0;
        for (int c = 0; c < MindDescriptor.CHANNELS; c++) {
            float difference = out[c] - fixed[x * MindDescriptor.CHANNELS + c];
            squares += difference * difference;
            byK += difference * out[CHANNELS + c];
            byJ += difference * out[2 * CHANNELS + c];
            byI += difference * out[3 * CHANNELS + c];
        }
        slope[0][x] = byK;
        slope[1][x] = byJ;
        slope[2][x] = byI;
        return squares;
    }

    private double nothing(int x) {
        slope[0][x] = 0;
        slope[1][x] = 0;
        slope[2][x] = 0;
        return 0;
    }

    private void add(int k, float factor, float[] gradient) {
        int from = grid.offset(k, 0, 0);
        for (int c = 0; c < 3; c++) {
            for (int x = from; x < from + grid.height() * grid.width(); x++) {
                gradient[c * grid.size() + x] += factor * slope[c][x];
            }
        }
    }
}
