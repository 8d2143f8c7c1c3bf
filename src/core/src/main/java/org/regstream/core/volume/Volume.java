package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;

/**
 * Intensities on a grid, [D, H, W], any unit. Immutable by contract: {@link #values()} is shared, never written.
 */
public final class Volume {
    private final Grid grid;
    private final float[] values;

    private Volume(Grid grid, float[] values) {
        Shapes.requireLength("values", values.length, grid, 1);
        this.grid = grid;
        this.values = values;
    }

    /** @param values [D, H, W]; copied */
    public static Volume copyOf(Grid grid, float[] values) {
        return new Volume(grid, values.clone());
    }

    /** @param values [D, H, W]; owned by the volume from now on, the caller must not write to it */
    public static Volume takeOwnershipOf(Grid grid, float[] values) {
        return new Volume(grid, values);
    }

    public Grid grid() {
        return grid;
    }

    /** The array itself, [D, H, W]. Not to be modified. */
    public float[] values() {
        return values;
    }

    public float at(int k, int j, int i) {
        return values[grid.offset(k, j, i)];
    }

    /** The same voxels at another place in space; the array is shared. */
    public Volume withGrid(Grid other) {
        return new Volume(other, values);
    }

    /** Shape and spacing only: intensities are patient data. */
    @Override
    public String toString() {
        return "Volume " + grid;
    }
}
