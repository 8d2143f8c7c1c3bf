package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * Displacement d as ITK knows it: on a grid of one image, [3, D, H, W], components (x, y, z), <em>LPS mm</em>; a place p of that
 * image lies at p + d(p) in the other one, whatever turn or shift is between both. Immutable by contract.
 *
 * <p>For others. Inside, fields are {@link DisplacementField}s, in voxels of a window that lies over both images.
 */
public final class MillimetreField {
    private final Grid grid;
    private final float[] components;

    private MillimetreField(Grid grid, float[] components) {
        Shapes.requireLength("components", components.length, grid, 3);
        this.grid = grid;
        this.components = components;
    }

    /** @param components [3, D, H, W], (x, y, z), LPS mm; owned by the field from now on */
    public static MillimetreField takeOwnershipOf(Grid grid, float[] components) {
        return new MillimetreField(grid, components);
    }

    public Grid grid() {
        return grid;
    }

    /** The array itself, [3, D, H, W]. Not to be modified. */
    public float[] components() {
        return components;
    }

    /** @return LPS mm at a voxel's centre */
    public Vector3 at(int k, int j, int i) {
        int n = grid.size();
        int x = grid.offset(k, j, i);
        return new Vector3(components[x], components[n + x], components[2 * n + x]);
    }

    @Override
    public String toString() {
        return "MillimetreField " + grid;
    }
}
