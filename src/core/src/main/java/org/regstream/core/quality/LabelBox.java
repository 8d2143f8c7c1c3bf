package org.regstream.core.quality;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;

/** The smallest box of voxels that holds one label of two maps on one grid. */
final class LabelBox {
    private final int label;
    private final int[] first;
    private final int[] shape;

    private LabelBox(int label, int[] first, int[] last) {
        this.label = label;
        this.first = first;
        this.shape = new int[]{last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1};
    }

    /** @return null if neither map uses the label */
    static LabelBox around(LabelMap a, LabelMap b, int label) {
        Grid g = a.grid();
        int[] first = g.shape();
        int[] last = {-1, -1, -1};
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    if ((a.labels()[x] & 0xff) == label || (b.labels()[x] & 0xff) == label) {
                        extend(first, last, k, j, i);
                    }
                }
            }
        }
        return last[0] < 0 ? null : new LabelBox(label, first, last);
    }

    private static void extend(int[] first, int[] last, int k, int j, int i) {
        first[0] = Math.min(first[0], k);
        first[1] = Math.min(first[1], j);
        first[2] = Math.min(first[2], i);
        last[0] = Math.max(last[0], k);
        last[1] = Math.max(last[1], j);
        last[2] = Math.max(last[2], i);
    }

    /** {D, H, W} of the box. */
    int[] shape() {
        return shape;
    }

    /** @return true in the box's voxels of the label that have a neighbour of six without it, [D, H, W] of the box */
    boolean[] surface(LabelMap map) {
        boolean[] surface = new boolean[shape[0] * shape[1] * shape[2]];
        Grid g = map.grid();
        for (int k = first[0], x = 0; k < first[0] + shape[0]; k++) {
            for (int j = first[1]; j < first[1] + shape[1]; j++) {
                for (int i = first[2]; i < first[2] + shape[2]; i++, x++) {
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
