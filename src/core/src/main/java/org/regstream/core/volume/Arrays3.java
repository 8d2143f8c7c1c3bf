package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;

/** Shape checks shared by the types of this package. */
final class Arrays3 {

    private Arrays3() {}

    static void requireLength(String what, int length, Grid grid, int channels) {
        if ((long) grid.size() * channels != length) {
            throw new ShapeMismatchException(what + " must have " + channels + " x " + grid.size() + " elements for "
                    + grid + ", got " + length);
        }
    }
}
