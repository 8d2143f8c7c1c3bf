package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;

/**
 * The box of voxels that one level works on, at its resolution: every {@code shrink}-th voxel along each axis, beginning with the
 * box's first.
 */
final class Part {
    private final Grid whole;
    private final int shrink;
    private final int[] first;
    private final int[] last;
    private final Grid grid;

    private Part(Grid whole, int shrink, int[] first, int[] last) {
        this.whole = whole;
        this.shrink = shrink;
        this.first = first;
        this.last = last;
        int[] shape = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            shape[axis] = (last[axis] - first[axis]) / shrink + 1;
        }
        grid = new Grid(shape[0], shape[1], shape[2], whole.affine());
    }

    static Part all(Grid grid) {
        return of(grid, VoxelBox.of(grid), 0, 1);
    }

    /**
     * @param whole  grid at full resolution
     * @param box    in it
     * @param margin voxels that the box is widened by, as far as the grid goes
     */
    static Part of(Grid whole, VoxelBox box, int margin, int shrink) {
        int[] first = new int[3];
        int[] last = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            first[axis] = Math.max(0, box.first(axis) - margin) / shrink * shrink;
            last[axis] = Math.min(whole.shape()[axis] - 1, box.last(axis) + margin);
        }
        return new Part(whole, shrink, first, last);
    }

    /** The same box with all its voxels. */
    Part full() {
        return new Part(whole, 1, first, last);
    }

    int shrink() {
        return shrink;
    }

    /** Shape of the part, [d, h, w]; where it is in space is not kept. */
    Grid grid() {
        return grid;
    }

    /** Index of the part's first voxel among every {@code shrink}-th of the whole grid. @param axis 0 to 2 for k, j, i */
    int offset(int axis) {
        return first[axis] / shrink;
    }

    boolean beginsAtBorder(int axis) {
        return first[axis] == 0;
    }

    boolean endsAtBorder(int axis) {
        return last[axis] == whole.shape()[axis] - 1;
    }

    boolean isSameAs(Part o) {
        return shrink == o.shrink && Arrays.equals(first, o.first) && Arrays.equals(last, o.last);
    }

    /** @return true in the part, [D, H, W] of the whole grid. Of a part at full resolution. */
    boolean[] mask() {
        boolean[] mask = new boolean[whole.size()];
        forEachRow((x, y) -> Arrays.fill(mask, y, y + grid.width(), true));
        return mask;
    }

    /** Hears of one row of the part. */
    interface Row {
        /** @param local offset of the row's first voxel in the part. @param there offset in the whole grid, full resolution */
        void at(int local, int there);
    }

    void forEachRow(Row row) {
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++, x += grid.width()) {
                row.at(x, whole.offset(first[0] + shrink * k, first[1] + shrink * j, first[2]));
            }
        }
    }

    /** @param mask of the whole grid. @return of the part, new */
    boolean[] cut(boolean[] mask) {
        boolean[] out = new boolean[grid.size()];
        forEachRow((x, y) -> {
            for (int i = 0; i < grid.width(); i++) {
                out[x + i] = mask[y + shrink * i];
            }
        });
        return out;
    }

    /** @param field [3, D, H, W], voxels of the whole grid. @param out [3, d, h, w], voxels of the part; overwritten */
    void cut(float[] field, float[] out) {
        for (int c = 0; c < 3; c++) {
            int from = c * whole.size();
            int to = c * grid.size();
            forEachRow((x, y) -> {
                for (int i = 0; i < grid.width(); i++) {
                    out[to + x + i] = field[from + y + shrink * i] / shrink;
                }
            });
        }
    }

    /** Adds what a part at full resolution holds. @param field [3, D, H, W] */
    void add(float[] part, float[] field) {
        for (int c = 0; c < 3; c++) {
            int to = c * whole.size();
            int from = c * grid.size();
            forEachRow((x, y) -> {
                for (int i = 0; i < grid.width(); i++) {
                    field[to + y + i] += part[from + x + i];
                }
            });
        }
    }
}
