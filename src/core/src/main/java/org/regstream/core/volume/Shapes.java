package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;

/** Checks of shapes and grids, with messages that hold both sides. */
public final class Shapes {

    private Shapes() {}

    /** @throws ShapeMismatchException if an array is not [channels, D, H, W] long */
    public static void requireLength(String what, int length, Grid grid, int channels) {
        if ((long) grid.size() * channels != length) {
            throw new ShapeMismatchException(what + " must have " + channels + " x " + grid.size() + " elements for "
                    + grid + ", got " + length);
        }
    }

    /** @param what both sides, such as {@code fixed and moving}
     *  @throws ShapeMismatchException if shape or place in space differ */
    public static void requireSameGrid(String what, Grid a, Grid b) {
        if (!a.isSameAs(b)) {
            throw new ShapeMismatchException(what + " must share a grid: " + a + " from " + a.affine().origin() + " vs "
                    + b + " from " + b.affine().origin() + "; resample one onto the other's grid first");
        }
    }
}
