package org.regstream.core.warp;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;

/**
 * Brings a displacement field onto another grid, so that it moves the same points of the patient by the same millimetres:
 * both where it is sampled and what its voxels mean change.
 */
public final class FieldResample {

    private FieldResample() {}

    /**
     * @param u      displacement, [3, D, H, W], components (k, j, i), voxels of its own grid. Not modified.
     * @param target the grid of the result
     * @return displacement in voxels of {@code target}, trilinear; zero outside the grid of {@code u} (further than half a
     *         voxel from its border)
     */
    public static DisplacementField onto(DisplacementField u, Grid target) {
        Grid source = u.grid();
        int n = target.size();
        float[] out = new float[Math.multiplyExact(3, n)];
        for (int c = 0; c < 3; c++) {
            Resample.sample(u.components(), c * source.size(), source, out, c * n, target);
        }
        convert(out, n, voxelsPerVoxel(source.affine(), target.affine()));
        return DisplacementField.takeOwnershipOf(target, out);
    }

    /** Row by row: target voxels along (k, j, i) that one source voxel along (k, j, i) is. */
    private static double[][] voxelsPerVoxel(Affine source, Affine target) {
        double[][] m = new double[3][3];
        for (int axis = 0; axis < 3; axis++) {
            Vector3 end = target.origin().plus(source.step(axis));
            double[] column = target.toIndex(end);
            for (int row = 0; row < 3; row++) {
                m[row][axis] = column[row];
            }
        }
        return m;
    }

    private static void convert(float[] u, int n, double[][] m) {
        for (int x = 0; x < n; x++) {
            double k = u[x];
            double j = u[n + x];
            double i = u[2 * n + x];
            u[x] = (float) (m[0][0] * k + m[0][1] * j + m[0][2] * i);
            u[n + x] = (float) (m[1][0] * k + m[1][1] * j + m[1][2] * i);
            u[2 * n + x] = (float) (m[2][0] * k + m[2][1] * j + m[2][2] * i);
        }
    }
}
