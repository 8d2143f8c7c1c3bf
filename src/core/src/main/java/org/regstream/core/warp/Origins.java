package org.regstream.core.warp;

import java.util.List;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;

/**
 * Where the voxels of a target grid come from in a source that lies on a grid of its own, with displacement fields in between:
 *
 * <pre>
 * x on the target -> y on the fields' grid -> y + u(y), u trilinear -> the same point on the source
 * </pre>
 *
 * so that an image or a label map is sampled once, whatever the three grids are. A cursor over the target: not thread-safe.
 */
public final class Origins {

    private final float[][] components;
    private final Grid window;
    private final double[] toWindow;
    private final double[] toSource;
    private final double[] at = new double[3];
    private final double[] moved = new double[3];
    /** Furthest that any field moves an index of the source along an axis; null until somebody asks. */
    private double[] furthest;

    /**
     * @param fields at least one, all on one grid. Referenced.
     * @param target the voxels asked for
     * @param source where they come from
     */
    public Origins(List<DisplacementField> fields, Grid target, Grid source) {
        this.components = fields.stream().map(DisplacementField::components).toArray(float[][]::new);
        this.window = fields.get(0).grid();
        this.toWindow = mapping(target.affine(), window.affine());
        this.toSource = mapping(window.affine(), source.affine());
    }

    /**
     * Moves to a voxel of the target.
     *
     * @return whether it lies within half a voxel of the fields' grid; elsewhere nothing is known
     */
    public boolean enter(int k, int j, int i) {
        for (int axis = 0; axis < 3; axis++) {
            at[axis] = Interpolation.snap(apply(toWindow, axis, k, j, i));
        }
        return Interpolation.isInside(window, at[0], at[1], at[2]);
    }

    /**
     * Whether the voxel that was entered can come from a box of the source, by the longest components of all fields: cheaper than
     * asking where it comes from, and never no where {@link #of} says yes.
     *
     * @param low  first fractional index (k, j, i) of the box
     * @param high last
     */
    public boolean canComeFrom(double[] low, double[] high) {
        if (furthest == null) {
            furthest = furthest();
        }
        for (int axis = 0; axis < 3; axis++) {
            double still = apply(toSource, axis, at[0], at[1], at[2]);
            if (still < low[axis] - furthest[axis] || still > high[axis] + furthest[axis]) {
                return false;
            }
        }
        return true;
    }

    private double[] furthest() {
        int n = window.size();
        double[] longest = new double[3];
        for (float[] u : components) {
            for (int component = 0; component < 3; component++) {
                for (int x = component * n; x < (component + 1) * n; x++) {
                    longest[component] = Math.abs(u[x]) > longest[component] ? Math.abs(u[x]) : longest[component];
                }
            }
        }
        double[] reach = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            reach[axis] = Interpolation.ROUNDING;
            for (int component = 0; component < 3; component++) {
                reach[axis] += Math.abs(toSource[4 * axis + component]) * longest[component];
            }
        }
        return reach;
    }

    /**
     * Where the voxel that was entered comes from.
     *
     * @param field which, from 0
     * @param out   takes the fractional index (k, j, i) in the source; NaN where the field is not a number
     */
    public void of(int field, double[] out) {
        for (int axis = 0; axis < 3; axis++) {
            moved[axis] = at[axis]
                    + Interpolation.linear(components[field], axis * window.size(), window, at[0], at[1], at[2]);
        }
        for (int axis = 0; axis < 3; axis++) {
            out[axis] = Interpolation.snap(apply(toSource, axis, moved[0], moved[1], moved[2]));
        }
    }

    /** Row by row: index of one grid to index of the other, {by k, by j, by i, at (0, 0, 0)}. */
    private static double[] mapping(Affine from, Affine to) {
        double[] m = new double[12];
        double[] origin = to.toIndex(from.origin());
        for (int column = 0; column < 3; column++) {
            Vector3 end = to.origin().plus(from.step(column));
            double[] step = to.toIndex(end);
            for (int row = 0; row < 3; row++) {
                m[4 * row + column] = step[row];
                m[4 * row + 3] = origin[row];
            }
        }
        return m;
    }

    private static double apply(double[] m, int row, double k, double j, double i) {
        return m[4 * row] * k + m[4 * row + 1] * j + m[4 * row + 2] * i + m[4 * row + 3];
    }
}
