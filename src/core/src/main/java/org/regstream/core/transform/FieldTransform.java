package org.regstream.core.transform;

import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.warp.Interpolation;

/**
 * A field of millimetres between its voxels: trilinear, its border's value within half a voxel of it, and nothing known beyond.
 *
 * @param field on a grid of the fixed image
 */
public record FieldTransform(MillimetreField field) implements PlaceMap {

    /** Voxels along each axis that the affine is fitted to. */
    private static final int FITTED = 16;

    /** Share of the spread of places that is added along each axis, so that a single slice says something of all three. */
    private static final double FLAT = 1e-6;

    @Override
    public Vector3 map(Vector3 fixed) {
        double[] at = field.grid().affine().toIndex(fixed);
        return Interpolation.isInside(field.grid(), at[0], at[1], at[2]) ? displaced(fixed, at) : UNKNOWN;
    }

    /** Likewise; beyond the grid the displacement stays that of the border's nearest voxel. */
    Vector3 continued(Vector3 fixed) {
        return displaced(fixed, field.grid().affine().toIndex(fixed));
    }

    private Vector3 displaced(Vector3 fixed, double[] at) {
        Grid g = field.grid();
        int n = g.size();
        float[] d = field.components();
        return new Vector3(fixed.x() + Interpolation.linear(d, 0, g, at[0], at[1], at[2]),
                fixed.y() + Interpolation.linear(d, n, g, at[0], at[1], at[2]),
                fixed.z() + Interpolation.linear(d, 2 * n, g, at[0], at[1], at[2]));
    }

    /**
     * The affine map that is nearest to this, by least squares over voxels spread evenly: {@code A = (sum m f') (sum f f')^-1} of
     * places f of the fixed image and m of the moving one about their means.
     *
     * @throws IllegalArgumentException if there is none that can be inverted
     */
    Pose nearestAffine() {
        Means means = means();
        double[][] mf = new double[3][3];
        double[][] ff = new double[3][3];
        forEachFitted((fixed, moving) -> {
            double[] f = parts(fixed.minus(means.fixed));
            double[] m = parts(moving.minus(means.moving));
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    mf[row][column] += m[row] * f[column];
                    ff[row][column] += f[row] * f[column];
                }
            }
        });
        double little = FLAT * (ff[0][0] + ff[1][1] + ff[2][2]) + Double.MIN_NORMAL;
        for (int axis = 0; axis < 3; axis++) {
            mf[axis][axis] += little;
            ff[axis][axis] += little;
        }
        return matrix(mf).after(matrix(ff).inverse()).taking(means.fixed, means.moving);
    }

    private record Means(Vector3 fixed, Vector3 moving) {}

    private Means means() {
        Vector3[] sums = {new Vector3(0, 0, 0), new Vector3(0, 0, 0)};
        int[] count = {0};
        forEachFitted((fixed, moving) -> {
            sums[0] = sums[0].plus(fixed);
            sums[1] = sums[1].plus(moving);
            count[0]++;
        });
        if (count[0] == 0) {
            throw new IllegalArgumentException("a field cannot be inverted that holds no numbers");
        }
        return new Means(sums[0].times(1.0 / count[0]), sums[1].times(1.0 / count[0]));
    }

    private interface Match {
        void of(Vector3 fixed, Vector3 moving);
    }

    private void forEachFitted(Match match) {
        Grid g = field.grid();
        for (int k = 0; k < g.depth(); k += step(g.depth())) {
            for (int j = 0; j < g.height(); j += step(g.height())) {
                for (int i = 0; i < g.width(); i += step(g.width())) {
                    Vector3 fixed = g.affine().toLps(k, j, i);
                    Vector3 moving = fixed.plus(field.at(k, j, i));
                    if (PlaceMap.isKnown(moving)) {
                        match.of(fixed, moving);
                    }
                }
            }
        }
    }

    private static int step(int length) {
        return Math.max(1, length / FITTED);
    }

    private static double[] parts(Vector3 v) {
        return new double[]{v.x(), v.y(), v.z()};
    }

    private static Pose matrix(double[][] rows) {
        return new Pose(row(rows[0]), row(rows[1]), row(rows[2]), new Vector3(0, 0, 0));
    }

    private static Vector3 row(double[] row) {
        return new Vector3(row[0], row[1], row[2]);
    }
}
