package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;

/** The smallest box around the voxels of a mask; the whole grid if it keeps none. */
final class Box {
    private final Grid grid;
    private final VoxelBox voxels;

    private Box(Grid grid, VoxelBox voxels) {
        this.grid = grid;
        this.voxels = voxels;
    }

    /** @param mask [D, H, W]. Not modified. */
    static Box around(Grid grid, boolean[] mask) {
        return new Box(grid, VoxelBox.around(grid, x -> mask[x]).orElseGet(() -> VoxelBox.of(grid)));
    }

    /** @return offset of the box's voxel that is nearest to (k, j, i) */
    int nearest(int k, int j, int i) {
        return grid.offset(clamp(0, k), clamp(1, j), clamp(2, i));
    }

    /** @return true inside the box, [D, H, W] */
    boolean[] mask() {
        boolean[] mask = new boolean[grid.size()];
        for (int k = voxels.first(0); k <= voxels.last(0); k++) {
            for (int j = voxels.first(1); j <= voxels.last(1); j++) {
                for (int i = voxels.first(2); i <= voxels.last(2); i++) {
                    mask[grid.offset(k, j, i)] = true;
                }
            }
        }
        return mask;
    }

    private int clamp(int axis, int index) {
        return Math.max(voxels.first(axis), Math.min(voxels.last(axis), index));
    }
}
