package org.regstream.navigation;

import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.volume.LabelMap;

/**
 * How much of each cell of a box around a label has that label, [D, H, W], 0 to 1, with a rim of empty cells, so that a surface
 * around it is closed. A cell is a cube of {@code cell} voxels a side.
 */
final class Occupancy {
    private final int cell;
    private final int[] first;
    private final int[] shape;
    private final float[] share;

    private Occupancy(int cell, int[] first, int[] shape) {
        this.cell = cell;
        this.first = first;
        this.shape = shape;
        this.share = new float[shape[0] * shape[1] * shape[2]];
    }

    /** @param cell voxels a side, 1 or more */
    static Occupancy of(LabelMap map, int label, int cell) {
        byte[] labels = map.labels();
        return VoxelBox.around(map.grid(), x -> (labels[x] & 0xff) == label).map(box -> filled(map, label, cell, box))
                .orElseGet(() -> new Occupancy(cell, new int[3], new int[]{2, 2, 2}));
    }

    private static Occupancy filled(LabelMap map, int label, int cell, VoxelBox box) {
        int[] first = new int[3];
        int[] shape = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            first[axis] = box.first(axis);
            shape[axis] = (box.shape()[axis] + cell - 1) / cell + 2;
        }
        Occupancy occupancy = new Occupancy(cell, first, shape);
        occupancy.fill(map, label, box);
        return occupancy;
    }

    private void fill(LabelMap map, int label, VoxelBox box) {
        float voxel = 1f / (cell * cell * cell);
        for (int k = first[0]; k <= box.last(0); k++) {
            for (int j = first[1]; j <= box.last(1); j++) {
                for (int i = first[2]; i <= box.last(2); i++) {
                    if (map.at(k, j, i) == label) {
                        share[offset((k - first[0]) / cell + 1, (j - first[1]) / cell + 1,
                                (i - first[2]) / cell + 1)] += voxel;
                    }
                }
            }
        }
    }

    /** @return {D, H, W} of the cells, the rim included; not to be modified */
    int[] shape() {
        return shape;
    }

    int offset(int k, int j, int i) {
        return (k * shape[1] + j) * shape[2] + i;
    }

    /** @return the share at a place in the array */
    float at(int offset) {
        return share[offset];
    }

    /** Whether a cell counts as the structure: at least half of it. */
    boolean isInside(int offset) {
        return share[offset] >= 0.5f;
    }

    /** @return voxel index along an axis of a place between cells, counted in cells */
    double voxel(int axis, double at) {
        return first[axis] + (at - 1) * cell + (cell - 1) / 2.0;
    }
}
