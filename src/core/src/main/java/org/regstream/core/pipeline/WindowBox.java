package org.regstream.core.pipeline;

import java.util.Arrays;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Interpolation;

/**
 * The box of voxels of a live grid that a network's window can reach; results are computed there and nowhere else.
 *
 * @param live the whole grid
 * @param part the box
 * @param k    first slice of it
 * @param j    first row
 * @param i    first column
 */
public record WindowBox(Grid live, Grid part, int k, int j, int i) {

    /** The smallest box that holds every live voxel whose centre lies in the window; at least one voxel. */
    static WindowBox around(Grid window, Grid live) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        Affine w = window.affine();
        for (int corner = 0; corner < 8; corner++) {
            double[] at = live.affine().toIndex(w.toLps((corner & 1) * (window.depth() - 1),
                    (corner >> 1 & 1) * (window.height() - 1), (corner >> 2 & 1) * (window.width() - 1)));
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], at[axis]);
                high[axis] = Math.max(high[axis], at[axis]);
            }
        }
        int[] shape = live.shape();
        int[] from = new int[3];
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            from[axis] = within(Math.floor(low[axis] + Interpolation.ROUNDING), shape[axis]);
            size[axis] = within(Math.ceil(high[axis] - Interpolation.ROUNDING), shape[axis]) - from[axis] + 1;
        }
        return new WindowBox(live, live.window(from[0], from[1], from[2], size[0], size[1], size[2]), from[0], from[1],
                from[2]);
    }

    /** A window can lie anywhere: only what is on the axis is a number of voxels. */
    private static int within(double index, int length) {
        return (int) Math.max(0, Math.min(length - 1, index));
    }

    /** @param labels on {@link #part}. Not modified.
     *  @return on {@link #live}, background elsewhere */
    public LabelMap paste(LabelMap labels) {
        byte[] out = new byte[live.size()];
        copyRows(labels.labels(), out);
        return LabelMap.takeOwnershipOf(live, out);
    }

    /** @param map on {@link #part}. Not modified.
     *  @return on {@link #live}, NaN elsewhere: nothing was computed there */
    public Volume paste(Volume map) {
        float[] out = new float[live.size()];
        Arrays.fill(out, Float.NaN);
        copyRows(map.values(), out);
        return Volume.takeOwnershipOf(live, out);
    }

    private void copyRows(Object from, Object to) {
        int source = 0;
        for (int slice = 0; slice < part.depth(); slice++) {
            for (int row = 0; row < part.height(); row++) {
                System.arraycopy(from, source, to, live.offset(k + slice, j + row, i), part.width());
                source += part.width();
            }
        }
    }
}
