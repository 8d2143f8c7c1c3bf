package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;

/**
 * Displacement u on the fixed grid, [3, D, H, W], components (k, j, i), <em>voxels</em> of that grid, pull convention:
 * {@code warped(x) = moving(x + u(x))}. Immutable by contract.
 */
public final class DisplacementField {
    private final Grid grid;
    private final float[] components;

    private DisplacementField(Grid grid, float[] components) {
        Shapes.requireLength("components", components.length, grid, 3);
        this.grid = grid;
        this.components = components;
    }

    /** @param components [3, D, H, W], (k, j, i), voxels; copied */
    public static DisplacementField copyOf(Grid grid, float[] components) {
        return new DisplacementField(grid, components.clone());
    }

    /** @param components [3, D, H, W], (k, j, i), voxels; owned by the field from now on */
    public static DisplacementField takeOwnershipOf(Grid grid, float[] components) {
        return new DisplacementField(grid, components);
    }

    /** No displacement anywhere. */
    public static DisplacementField zero(Grid grid) {
        return new DisplacementField(grid, new float[3 * grid.size()]);
    }

    public Grid grid() {
        return grid;
    }

    /** The array itself, [3, D, H, W]. Not to be modified. */
    public float[] components() {
        return components;
    }

    /** @param component 0 is k, 1 is j, 2 is i
     *  @return voxels */
    public float at(int component, int k, int j, int i) {
        return components[component * grid.size() + grid.offset(k, j, i)];
    }

    @Override
    public String toString() {
        return "DisplacementField " + grid;
    }
}
