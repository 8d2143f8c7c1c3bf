package org.regstream.core.align;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/** Means over blocks of voxels: an image at a coarser level. The cost is one pass over its voxels. */
public final class Blocks {

    private Blocks() {}

    /**
     * @param image     [D, H, W], any unit. Not modified.
     * @param spacingMm wanted distance of voxel centres, mm; blocks hold whole voxels, so it is met as well as they allow
     * @return block means, voxel centres in the middle of their blocks; an incomplete block at a border is left out
     */
    static Volume of(Volume image, double spacingMm) {
        Grid g = image.grid();
        double[] spacing = g.affine().spacingMm();
        int[] shape = g.shape();
        int[] edge = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            edge[axis] = (int) Math.max(1, Math.min(shape[axis], Math.round(spacingMm / spacing[axis])));
        }
        return edge[0] * edge[1] * edge[2] == 1 ? image : of(image, edge);
    }

    /**
     * @param image [D, H, W], any unit; a block with a voxel that is no number becomes one. Not modified.
     * @param edge  voxels of a block along k, j, i; not longer than the image. Not modified.
     * @return as of {@link #of(Volume, double)}
     */
    public static Volume of(Volume image, int[] edge) {
        Grid g = image.grid();
        Affine a = g.affine().shifted((edge[0] - 1) / 2.0, (edge[1] - 1) / 2.0, (edge[2] - 1) / 2.0);
        Grid coarse = new Grid(g.depth() / edge[0], g.height() / edge[1], g.width() / edge[2],
                new Affine(a.origin(), a.stepK().times(edge[0]), a.stepJ().times(edge[1]), a.stepI().times(edge[2])));
        float[] out = new float[coarse.size()];
        for (int k = 0; k < coarse.depth() * edge[0]; k++) {
            for (int j = 0; j < coarse.height() * edge[1]; j++) {
                addRow(image.values(), g.offset(k, j, 0), out, coarse.offset(k / edge[0], j / edge[1], 0),
                        coarse.width(), edge[2]);
            }
        }
        float share = 1f / (edge[0] * edge[1] * edge[2]);
        for (int x = 0; x < out.length; x++) {
            out[x] *= share;
        }
        return Volume.takeOwnershipOf(coarse, out);
    }

    private static void addRow(float[] in, int from, float[] out, int to, int blocks, int edge) {
        for (int block = 0, x = from; block < blocks; block++) {
            float sum = 0;
            for (int n = 0; n < edge; n++) {
                sum += in[x++];
            }
            out[to + block] += sum;
        }
    }
}
