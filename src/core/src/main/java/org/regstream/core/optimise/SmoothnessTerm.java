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
 * where a difference counts if the mask keeps both voxels. Quadratic: its derivative at a field is its curvature times that field.
 */
public final class SmoothnessTerm implements Term {
    private final Grid grid;
    private final int[] strides;
    private final double[] parts;

    /** Per axis and voxel: share of the difference to the next voxel, 0 where that does not count. */
    private final float[][] shares;

    /** @param mask true where a voxel counts, [D, H, W]. Not modified. */
    public SmoothnessTerm(Grid grid, boolean[] mask) {
        Shapes.requireLength("mask", mask.length, grid, 1);
        this.grid = grid;
        strides = new int[]{grid.height() * grid.width(), grid.width(), 1};
        parts = new double[grid.depth()];
        shares = new float[3][];
        for (int axis = 0; axis < 3; axis++) {
            shares[axis] = shares(mask, axis);
        }
    }

    private float[] shares(boolean[] mask, int axis) {
        float[] out = new float[grid.size()];
        int count = 0;
        int length = grid.shape()[axis];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    int next = axis == 0 ? k + 1 : axis == 1 ? j + 1 : i + 1;
                    boolean counts = next < length && mask[x] && mask[x + strides[axis]];
                    out[x] = counts ? 1 : 0;
                    count += counts ? 1 : 0;
                }
            }
        }
        for (int x = 0; x < out.length; x++) {
            out[x] /= Math.max(1, count);
        }
        return out;
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient) {
        Shapes.requireLength("displacement", u.length, grid, 3);
        return Slices.sum(parts, grid.size(), k -> {
            addDerivative(u, k, (float) (2 * weight), gradient);
            return squares(u, k);
        });
    }

    /** Adds weight times the curvature times {@code u}: the derivative at {@code u}. */
    void addDerivative(float[] u, double weight, float[] out) {
        Slices.forEach(grid.depth(), grid.size(), k -> addDerivative(u, k, (float) (2 * weight), out));
    }

    /** A voxel's derivative gathers from both neighbours, so that no slice writes into another. */
    private void addDerivative(float[] u, int k, float factor, float[] out) {
        int plane = strides[0];
        int first = k * plane;
        int last = first + plane;
        for (int c = 0; c < 3; c++) {
            int shift = c * grid.size();
            for (int axis = 0; axis < 3; axis++) {
                int step = strides[axis];
                float[] share = shares[axis];
                int ahead = Math.min(last, grid.size() - step);
                for (int x = first; x < ahead; x++) {
                    out[shift + x] += factor * share[x] * (u[shift + x] - u[shift + x + step]);
                }
                for (int x = Math.max(first, step); x < last; x++) {
                    out[shift + x] += factor * share[x - step] * (u[shift + x] - u[shift + x - step]);
                }
            }
        }
    }

    private double squares(float[] u, int k) {
        int first = k * strides[0];
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            int shift = c * grid.size();
            for (int axis = 0; axis < 3; axis++) {
                int step = strides[axis];
                float[] share = shares[axis];
                int ahead = Math.min(first + strides[0], grid.size() - step);
                for (int x = first; x < ahead; x++) {
                    float difference = u[shift + x + step] - u[shift + x];
                    sum += share[x] * difference * difference;
                }
            }
        }
        return sum;
    }
}
