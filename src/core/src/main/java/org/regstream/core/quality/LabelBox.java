package org.regstream.core.quality;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.volume.LabelMap;

/** The smallest box of voxels that holds one label of two maps on one grid. */
final class LabelBox {
    private final int label;
    private final VoxelBox box;
    private final int[] shape;

    private LabelBox(int label, VoxelBox box) {
        this.label = label;
        this.box = box;
        this.shape = box.shape();
    }

    /** @return null if neither map uses the label */
    static LabelBox around(LabelMap a, LabelMap b, int label) {
        byte[] la = a.labels();
        byte[] lb = b.labels();
        return VoxelBox.around(a.grid(), x -> (la[x] & 0xff) == label || (lb[x] & 0xff) == label)
                .map(box -> new LabelBox(label, box)).orElse(null);
    }

    /** {D, H, W} of the box. */
    int[] shape() {
        return shape;
    }

    /** @return true in the box's voxels of the label that have a neighbour of six without it, [D, H, W] of the box */
    boolean[] surface(LabelMap map) {
        boolean[] surface = new boolean[shape[0] * shape[1] * shape[2]];
        Grid g = map.grid();
        for (int k = box.first(0), x = 0; k <= box.last(0); k++) {
            for (int j = box.first(1); j <= box.last(1); j++) {
                for (int i = box.first(2); i <= box.last(2); i++, x++) {
                    surface[x] = has(map, k, j, i) && isExposed(map, g, k, j, i);
                }
            }
        }
        return surface;
    }

    private boolean isExposed(LabelMap map, Grid g, int k, int j, int i) {
        return k == 0 || j == 0 || i == 0 || k == g.depth() - 1 || j == g.height() - 1 || i == g.width() - 1
                || !has(map, k - 1, j, i) || !has(map, k + 1, j, i) || !has(map, k, j - 1, i)
                || !has(map, k, j + 1, i) || !has(map, k, j, i - 1) || !has(map, k, j, i + 1);
    }

    private boolean has(LabelMap map, int k, int j, int i) {
        return map.at(k, j, i) == label;
    }
}
