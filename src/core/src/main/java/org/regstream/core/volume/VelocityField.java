package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;

/**
 * Stationary velocity, [3, D, H, W], components (k, j, i), voxels of the grid per unit of time; flowing along it for one unit
 * of time gives a displacement. Immutable by contract.
 */
public final class VelocityField {
    private final Grid grid;
    private final float[] components;

    private VelocityField(Grid grid, float[] components) {
        Shapes.requireLength("velocity components", components.length, grid, 3);
        this.grid = grid;
        this.components = components;
    }

    /** @param components [3, D, H, W], (k, j, i), voxels per unit of time; owned by the field from now on */
    public static VelocityField takeOwnershipOf(Grid grid, float[] components) {
        return new VelocityField(grid, components);
    }

    public Grid grid() {
        return grid;
    }

    /** The array itself, [3, D, H, W]. Not to be modified. */
    public float[] components() {
        return components;
    }

    /** This times a number, in a new array; -1 runs the flow backwards and so inverts its displacement. */
    public VelocityField times(double factor) {
        float[] scaled = new float[components.length];
        for (int x = 0; x < scaled.length; x++) {
            scaled[x] = (float) (factor * components[x]);
        }
        return new VelocityField(grid, scaled);
    }

    @Override
    public String toString() {
        return "VelocityField " + grid;
    }
}
