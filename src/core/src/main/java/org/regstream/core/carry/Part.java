package org.regstream.core.carry;

import org.regstream.core.geometry.Grid;

/** A box of a grid, with its own array [d, h, w]. */
record Part(Grid whole, int k, int j, int i, Grid grid) {

    /** Takes the offset of a voxel in the part and in the whole. */
    interface Pair {
        void at(int part, int whole);
    }

    /** From first to last index, both inside, grown by a margin and cut at the grid. */
    static Part of(Grid whole, int[] first, int[] last, int[] margin) {
        int[] shape = whole.shape();
        int[] from = new int[3];
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            from[axis] = Math.max(0, first[axis] - margin[axis]);
            size[axis] = Math.min(shape[axis] - 1, last[axis] + margin[axis]) - from[axis] + 1;
        }
        return new Part(whole, from[0], from[1], from[2],
                whole.window(from[0], from[1], from[2], size[0], size[1], size[2]));
    }

    void forEach(Pair pair) {
        int x = 0;
        for (int slice = 0; slice < grid.depth(); slice++) {
            for (int row = 0; row < grid.height(); row++) {
                int at = whole.offset(k + slice, j + row, i);
                for (int column = 0; column < grid.width(); column++) {
                    pair.at(x++, at++);
                }
            }
        }
    }
}
