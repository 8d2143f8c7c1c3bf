package org.regstream.core.geometry;

import java.util.Optional;
import java.util.function.IntPredicate;

/** A box of voxels: first and last index along the axes (k, j, i), both inside. Holds at least one voxel. */
public final class VoxelBox {

    private final int[] first;
    private final int[] last;

    private VoxelBox(int[] first, int[] last) {
        this.first = first;
        this.last = last;
    }

    /** All voxels of a grid. */
    public static VoxelBox of(Grid grid) {
        return new VoxelBox(new int[3], new int[]{grid.depth() - 1, grid.height() - 1, grid.width() - 1});
    }

    /** @param first index (k, j, i), inside; copied
     *  @param last  likewise, not before {@code first} along any axis */
    public static VoxelBox between(int[] first, int[] last) {
        return new VoxelBox(first.clone(), last.clone());
    }

    /**
     * @param wanted whether the voxel at an offset is to be inside
     * @return the smallest box that holds every wanted voxel; empty if none is wanted
     */
    public static Optional<VoxelBox> around(Grid grid, IntPredicate wanted) {
        int[] first = grid.shape();
        int[] last = {-1, -1, -1};
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    if (wanted.test(x)) {
                        extend(first, last, k, j, i);
                    }
                }
            }
        }
        return last[0] < 0 ? Optional.empty() : Optional.of(new VoxelBox(first, last));
    }

    private static void extend(int[] first, int[] last, int... at) {
        for (int axis = 0; axis < 3; axis++) {
            first[axis] = Math.min(first[axis], at[axis]);
            last[axis] = Math.max(last[axis], at[axis]);
        }
    }

    /** @param axis 0 to 2 for k, j, i */
    public int first(int axis) {
        return first[axis];
    }

    public int last(int axis) {
        return last[axis];
    }

    /** @return the shape {D, H, W} as a new array */
    public int[] shape() {
        return new int[]{last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1};
    }

    /** @return the box with so many voxels more to either side along (k, j, i), cut at the grid */
    public VoxelBox grownBy(Grid grid, int... margin) {
        int[] shape = grid.shape();
        int[] from = new int[3];
        int[] to = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            from[axis] = Math.max(0, first[axis] - margin[axis]);
            to[axis] = Math.min(shape[axis] - 1, last[axis] + margin[axis]);
        }
        return new VoxelBox(from, to);
    }

    /** @return those voxels of a grid that are inside, where they are in space */
    public Grid partOf(Grid grid) {
        int[] shape = shape();
        return grid.window(first[0], first[1], first[2], shape[0], shape[1], shape[2]);
    }

    /** Hears of one row of a box. */
    public interface Row {
        /** @param from offset of its first voxel in the grid. @param to offset in the part. @param length voxels */
        void at(int from, int to, int length);
    }

    /** @param row told of every row of {@link #partOf} a grid, in its order */
    public void forEachRow(Grid grid, Row row) {
        int[] shape = shape();
        for (int k = 0, to = 0; k < shape[0]; k++) {
            for (int j = 0; j < shape[1]; j++, to += shape[2]) {
                row.at(grid.offset(k + first[0], j + first[1], first[2]), to, shape[2]);
            }
        }
    }

    /** @return index of the middle along an axis, between voxels where the side is even */
    public double middle(int axis) {
        return (first[axis] + last[axis]) / 2.0;
    }
}
