package org.regstream.core.carry;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.warp.Interpolation;
import org.regstream.core.warp.Origins;

/** Reads a given label map at fractional indices; what lies outside is background. */
final class GivenMap {

    private final Grid grid;
    private final byte[] labels;
    /** First and last index at which anything but background can be read, one voxel around what is labelled. */
    private final double[] low = new double[3];
    private final double[] high = new double[3];

    /** @param given holds at least one labelled voxel */
    GivenMap(LabelMap given) {
        grid = given.grid();
        labels = given.labels();
        VoxelBox box = VoxelBox.around(grid, x -> labels[x] != 0)
                .orElseThrow(() -> new IllegalArgumentException("the given label map is empty: nothing to carry"));
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Math.max(Interpolation.FIRST, box.first(axis) - 1.0);
            high[axis] = Math.min(Interpolation.last(grid.shape()[axis]), box.last(axis) + 1.0);
        }
    }

    Grid grid() {
        return grid;
    }

    /** Whether any neighbour of the index can be labelled. */
    boolean isNear(double[] at) {
        return at[0] >= low[0] && at[0] <= high[0] && at[1] >= low[1] && at[1] <= high[1] && at[2] >= low[2]
                && at[2] <= high[2];
    }

    /** Whether the voxel that a cursor is at can come from any that {@link #isNear} holds near. @param origins into this map's grid */
    boolean isWithinReachOf(Origins origins) {
        return origins.canComeFrom(low, high);
    }

    /** @param at near
     *  @return the nearest label */
    int nearest(double[] at) {
        return labels[Interpolation.nearestOffset(grid, at[0], at[1], at[2])] & 0xff;
    }

    /** Labels and trilinear weights of the eight neighbours of an index, clamped to the grid as images are. @param at near */
    void neighbours(double[] at, int[] label, float[] weight) {
        double k = clamp(at[0], grid.depth());
        double j = clamp(at[1], grid.height());
        double i = clamp(at[2], grid.width());
        int k0 = (int) k;
        int j0 = (int) j;
        int i0 = (int) i;
        for (int corner = 0; corner < 8; corner++) {
            int dk = corner >> 2;
            int dj = corner >> 1 & 1;
            int di = corner & 1;
            weight[corner] = (float) ((dk == 0 ? 1 - (k - k0) : k - k0) * (dj == 0 ? 1 - (j - j0) : j - j0)
                    * (di == 0 ? 1 - (i - i0) : i - i0));
            label[corner] = weight[corner] == 0
                    ? 0
                    : labels[grid.offset(k0 + dk, j0 + dj, i0 + di)] & 0xff;
        }
    }

    private static double clamp(double at, int length) {
        return at < 0 ? 0 : Math.min(at, length - 1);
    }
}
