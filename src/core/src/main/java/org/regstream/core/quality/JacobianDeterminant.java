package org.regstream.core.quality;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Volume;

/**
 * Local change of volume under x -> x + u(x): {@code J = det(I + grad u)}, no unit. 1 keeps volume, above 1 expands, at or
 * below 0 folds. The same in voxels and in mm, since the two matrices are similar.
 *
 * <p>Central differences inside, one-sided ones at the border (numpy's {@code gradient}); 0 along an axis of one voxel.
 */
public final class JacobianDeterminant {

    private JacobianDeterminant() {}

    /**
     * @param u displacement, [3, D, H, W], components (k, j, i), voxels. Not modified.
     * @return new array, [D, H, W], no unit, on the grid of {@code u}
     */
    public static Volume of(DisplacementField u) {
        Grid g = u.grid();
        float[] out = new float[g.size()];
        for (int k = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                row(u.components(), g, k, j, out);
            }
        }
        return Volume.takeOwnershipOf(g, out);
    }

    private static void row(float[] u, Grid g, int k, int j, float[] out) {
        int n = g.size();
        int start = g.offset(k, j, 0);
        int kUp = k + 1 < g.depth() ? g.height() * g.width() : 0;
        int kDown = k > 0 ? g.height() * g.width() : 0;
        int jUp = j + 1 < g.height() ? g.width() : 0;
        int jDown = j > 0 ? g.width() : 0;
        double wk = weight(kUp, kDown);
        double wj = weight(jUp, jDown);
        for (int i = 0; i < g.width(); i++) {
            int x = start + i;
            int iUp = i + 1 < g.width() ? 1 : 0;
            int iDown = i > 0 ? 1 : 0;
            double wi = weight(iUp, iDown);
            int y = n + x;
            int z = 2 * n + x;
            double kk = 1 + wk * (u[x + kUp] - u[x - kDown]);
            double kj = wj * (u[x + jUp] - u[x - jDown]);
            double ki = wi * (u[x + iUp] - u[x - iDown]);
            double jk = wk * (u[y + kUp] - u[y - kDown]);
            double jj = 1 + wj * (u[y + jUp] - u[y - jDown]);
            double ji = wi * (u[y + iUp] - u[y - iDown]);
            double ik = wk * (u[z + kUp] - u[z - kDown]);
            double ij = wj * (u[z + jUp] - u[z - jDown]);
            double ii = 1 + wi * (u[z + iUp] - u[z - iDown]);
            out[x] = (float) (kk * (jj * ii - ji * ij) - kj * (jk * ii - ji * ik) + ki * (jk * ij - jj * ik));
        }
    }

    /** One over the distance in voxels between the two neighbours; on an axis of one voxel they coincide. */
    private static double weight(int up, int down) {
        return up > 0 && down > 0 ? 0.5 : 1;
    }
}
