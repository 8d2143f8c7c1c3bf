package org.regstream.core.quality;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;

/**
 * Determinant of {@code I + grad u} of each voxel: 1 keeps volume, above 1 expands, at or below 0 folds. Unit-free, and the
 * same in voxels and millimetres, since the two matrices are similar.
 *
 * <p>Derivatives are central differences inside, one-sided on the border; an axis with one voxel has derivative 0.
 */
public final class JacobianDeterminant {

    private JacobianDeterminant() {}

    /** @return new array, [D, H, W] of the field's grid */
    public static float[] of(DisplacementField field) {
        Grid g = field.grid();
        float[] u = field.components();
        float[] out = new float[g.size()];
        int n = g.size();
        int slice = g.height() * g.width();
        for (int k = 0; k < g.depth(); k++) {
            int upK = k + 1 < g.depth() ? slice : 0;
            int downK = k > 0 ? slice : 0;
            for (int j = 0; j < g.height(); j++) {
                int upJ = j + 1 < g.height() ? g.width() : 0;
                int downJ = j > 0 ? g.width() : 0;
                int row = g.offset(k, j, 0);
                for (int i = 0; i < g.width(); i++) {
                    int upI = i + 1 < g.width() ? 1 : 0;
                    int downI = i > 0 ? 1 : 0;
                    out[row + i] = determinant(u, n, row + i, upK, downK, slice, upJ, downJ, g.width(), upI, downI);
                }
            }
        }
        return out;
    }

    private static float determinant(float[] u, int n, int x, int upK, int downK, int strideK, int upJ, int downJ,
            int strideJ, int upI, int downI) {
        float kk = 1 + derivative(u, x, upK, downK, strideK);
        float kj = derivative(u, x, upJ, downJ, strideJ);
        float ki = derivative(u, x, upI, downI, 1);
        float jk = derivative(u, n + x, upK, downK, strideK);
        float jj = 1 + derivative(u, n + x, upJ, downJ, strideJ);
        float ji = derivative(u, n + x, upI, downI, 1);
        float ik = derivative(u, 2 * n + x, upK, downK, strideK);
        float ij = derivative(u, 2 * n + x, upJ, downJ, strideJ);
        float ii = 1 + derivative(u, 2 * n + x, upI, downI, 1);
        return kk * (jj * ii - ji * ij) - kj * (jk * ii - ji * ik) + ki * (jk * ij - jj * ik);
    }

    /** Difference of the neighbours that exist, over their distance in voxels. */
    private static float derivative(float[] u, int x, int up, int down, int stride) {
        int distance = (up + down) / stride;
        return distance == 0 ? 0 : (u[x + up] - u[x - down]) / distance;
    }
}
