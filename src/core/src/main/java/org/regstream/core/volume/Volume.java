package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;

/**
 * Intensities on a grid, [D, H, W], any unit; NaN where the grid has a voxel but the image has none, as in the padding of a
 * reformat. Immutable by contract: {@link #values()} is shared, never written.
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

    /** For eyes: what is no image shows the lowest intensity of what is. @return this if all is image */
    public Volume filled() {
        float low = Float.POSITIVE_INFINITY;
        int missing = 0;
        for (float v : values) {
            if (Float.isFinite(v)) {
                low = Math.min(low, v);
            } else {
                missing++;
            }
        }
        return missing == 0 ? this : new Volume(grid, filled(missing < values.length ? low : 0));
    }

    private float[] filled(float value) {
        float[] filled = values.clone();
        for (int x = 0; x < filled.length; x++) {
            filled[x] = Float.isFinite(filled[x]) ? filled[x] : value;
        }
        return filled;
    }

    /** The same voxels at another place in space; the array is shared. */
    public Volume withGrid(Grid other) {
        return new Volume(other, values);
    }

    /** @param box on this volume's grid
     *  @return a copy of what is inside, where it is in space */
    public Volume cutTo(VoxelBox box) {
        Grid part = box.partOf(grid);
        float[] cut = new float[part.size()];
        box.forEachRow(grid, (from, to, length) -> System.arraycopy(values, from, cut, to, length));
        return new Volume(part, cut);
    }

    /** Shape and spacing only: intensities are patient data. */
    @Override
    public String toString() {
        return "Volume " + grid;
    }
}
