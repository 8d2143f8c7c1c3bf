package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;

/** The smallest box around the voxels of a mask; the whole grid if it keeps none. */
final class Box {
    private final Grid grid;
    private final int[] first;
    private final int[] last;

    private Box(Grid grid, int[] first, int[] last) {
        this.grid = grid;
        this.first = first;
        this.last = last;
    }

    /** @param mask [D, H, W]. Not modified. */
    static Box around(Grid grid, boolean[] mask) {
        int[] first = grid.shape();
        int[] last = {-1, -1, -1};
        for (int x = 0; x < mask.length; x++) {
            if (mask[x]) {
                int[] at = {x / (grid.height() * grid.width()), x / grid.width() % grid.height(), x % grid.width()};
                for (int axis = 0; axis < 3; axis++) {
                    first[axis] = Math.min(first[axis], at[axis]);
                    last[axis] = Math.max(last[axis], at[axis]);
                }
            }
        }
        return last[0] < 0
                ? new Box(grid, new int[3], new int[]{grid.depth() - 1, grid.height() - 1, grid.width() - 1})
                : new Box(grid, first, last);
    }

    /** @return offset of the box's voxel that is nearest to (k, j, i) */
    int nearest(int k, int j, int i) {
        return grid.offset(clamp(0, k), clamp(1, j), clamp(2, i));
    }

    /** @return true inside the box, [D, H, W] */
    boolean[] mask() {
        boolean[] mask = new boolean[grid.size()];
        for (int k = first[0]; k <= last[0]; k++) {
            for (int j = first[1]; j <= last[1]; j++) {
                for (int i = first[2]; i <= last[2]; i++) {
                    mask[grid.offset(k, j, i)] = true;
                }
            }
        }
        return mask;
    }

    private int clamp(int axis, int index) {
        return Math.max(first[axis], Math.min(last[axis], index));
    }
}
