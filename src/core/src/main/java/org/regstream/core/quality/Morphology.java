package org.regstream.core.quality;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Shapes;

/**
 * Grows and shrinks masks by one voxel: a voxel's neighbourhood is the 3 x 3 x 3 voxels around it, cut at the border of the
 * grid. What lies outside the grid counts neither as in nor as out, as in max pooling that is padded with minus infinity.
 */
public final class Morphology {

    private Morphology() {}

    /** @return new mask, true where the voxel has the label, [D, H, W] */
    public static boolean[] mask(LabelMap labels, int label) {
        boolean[] mask = new boolean[labels.labels().length];
        for (int x = 0; x < mask.length; x++) {
            mask[x] = (labels.labels()[x] & 0xff) == label;
        }
        return mask;
    }

    /** @param mask [D, H, W]. Not modified.
     *  @return new mask, true where any voxel of the neighbourhood is */
    public static boolean[] dilate(boolean[] mask, Grid grid) {
        return spread(mask, grid, true);
    }

    /** @param mask [D, H, W]. Not modified.
     *  @return new mask, true where all voxels of the neighbourhood are */
    public static boolean[] erode(boolean[] mask, Grid grid) {
        return spread(mask, grid, false);
    }

    /** @return new mask, dilated minus eroded */
    public static boolean[] border(boolean[] mask, Grid grid) {
        return minus(dilate(mask, grid), erode(mask, grid));
    }

    /** @return new mask, true where the first is and the second is not */
    public static boolean[] minus(boolean[] mask, boolean[] without) {
        boolean[] left = mask.clone();
        for (int x = 0; x < left.length; x++) {
            left[x] &= !without[x];
        }
        return left;
    }

    private static boolean[] spread(boolean[] mask, Grid g, boolean value) {
        Shapes.requireLength("mask", mask.length, g, 1);
        boolean[] alongI = along(mask, 1, g.width(), value);
        boolean[] alongJ = along(alongI, g.width(), g.height(), value);
        return along(alongJ, g.width() * g.height(), g.depth(), value);
    }

    /** Each voxel takes over the value from its two neighbours along an axis. */
    private static boolean[] along(boolean[] in, int step, int length, boolean value) {
        boolean[] out = in.clone();
        int line = step * length;
        for (int from = 0; from < in.length; from += line) {
            for (int x = from + step; x < from + line; x++) {
                if (in[x - step] == value) {
                    out[x] = value;
                }
                if (in[x] == value) {
                    out[x - step] = value;
                }
            }
        }
        return out;
    }
}
