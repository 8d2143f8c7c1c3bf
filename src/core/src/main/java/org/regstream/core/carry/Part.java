package org.regstream.core.carry;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;

/** A box of a grid, with its own array [d, h, w]. @param grid the voxels inside */
record Part(Grid whole, VoxelBox box, Grid grid) {

    /** Takes the offset of a voxel in the part and in the whole. */
    interface Pair {
        void at(int part, int whole);
    }

    static Part of(Grid whole, VoxelBox box) {
        return new Part(whole, box, box.partOf(whole));
    }

    void forEach(Pair pair) {
        int x = 0;
        for (int slice = 0; slice < grid.depth(); slice++) {
            for (int row = 0; row < grid.height(); row++) {
                int at = whole.offset(box.first(0) + slice, box.first(1) + row, box.first(2));
                for (int column = 0; column < grid.width(); column++) {
                    pair.at(x++, at++);
                }
            }
        }
    }
}
