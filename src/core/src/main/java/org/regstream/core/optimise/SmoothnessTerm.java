package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Shapes;

/**
 * Smoothness of the displacement (METHODS, Eq. 3), the one that networks are trained on: the squared gradient by forward
 * differences, per voxel,
 *
 * <pre>
 * L = Σ over axes a of mean over x of |u(x + e_a) - u(x)|²       voxels²
 * </pre>
 *
 * where a difference counts if the mask keeps both voxels.
 */
public final class SmoothnessTerm implements Term {
    private final Grid grid;
    private final boolean[] mask;
    private final int[] shape;
    private final int[] strides;
    private final double[] perDifference;

    /** @param mask true where a voxel counts, [D, H, W]. Referenced, not modified. */
    public SmoothnessTerm(Grid grid, boolean[] mask) {
        Shapes.requireLength("mask", mask.length, grid, 1);
        this.grid = grid;
        this.mask = mask;
        shape = grid.shape();
        strides = new int[]{grid.height() * grid.width(), grid.width(), 1};
        perDifference = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            perDifference[axis] = 1.0 / Math.max(1, differences(axis));
        }
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient) {
        Shapes.requireLength("displacement", u.length, grid, 3);
        return Slices.sum(grid.depth(), k -> slice(u, k, weight, gradient));
    }

    /** A voxel's derivative gathers from both neighbours, so that no slice writes into another. */
    private double slice(float[] u, int k, double weight, float[] gradient) {
        double sum = 0;
        for (int j = 0; j < grid.height(); j++) {
            for (int i = 0; i < grid.width(); i++) {
                int x = grid.offset(k, j, i);
                if (mask[x]) {
                    sum += along(0, x, k, u, weight, gradient) + along(1, x, j, u, weight, gradient)
                            + along(2, x, i, u, weight, gradient);
                }
            }
        }
        return sum;
    }

    /** @return the share of the forward difference */
    private double along(int axis, int x, int index, float[] u, double weight, float[] gradient) {
        int stride = strides[axis];
        boolean up = hasNext(axis, x, index);
        boolean down = index > 0 && mask[x - stride];
        float factor = (float) (2 * weight * perDifference[axis]);
        double squares = 0;
        for (int y = x; y < u.length; y += grid.size()) {
            float ahead = up ? u[y + stride] - u[y] : 0;
            float behind = down ? u[y] - u[y - stride] : 0;
            gradient[y] += factor * (behind - ahead);
            squares += (double) ahead * ahead;
        }
        return squares * perDifference[axis];
    }

    private boolean hasNext(int axis, int x, int index) {
        return index + 1 < shape[axis] && mask[x + strides[axis]];
    }

    private long differences(int axis) {
        long count = 0;
        for (int x = 0; x < mask.length; x++) {
            int[] at = {x / strides[0], x / strides[1] % grid.height(), x % grid.width()};
            count += mask[x] && hasNext(axis, x, at[axis]) ? 1 : 0;
        }
        return count;
    }
}
