package org.regstream.core.warp;

import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.VelocityField;

/**
 * From a stationary velocity to the displacement after one unit of time, by scaling and squaring: u = v / 2ⁿ, then n times
 * u := u composed with itself. Smooth velocities give fields that do not fold.
 */
public final class Integrate {

    /** METHODS. */
    public static final int DEFAULT_STEPS = 7;

    /** 2 to this power divides any velocity to nothing in float32. */
    private static final int MOST_STEPS = 24;

    private Integrate() {}

    public static DisplacementField of(VelocityField velocity) {
        return of(velocity, DEFAULT_STEPS);
    }

    /**
     * @param velocity voxels per unit of time. Not modified.
     * @param steps    squarings, 0 to 24
     * @return displacement, [3, D, H, W], voxels, a new array
     */
    public static DisplacementField of(VelocityField velocity, int steps) {
        if (steps < 0 || steps > MOST_STEPS) {
            throw new IllegalArgumentException("squarings must be 0 to " + MOST_STEPS + ", got " + steps);
        }
        float[] u = velocity.times(1.0 / (1 << steps)).components();
        float[] squared = new float[u.length];
        for (int step = 0; step < steps; step++) {
            Compose.add(u, u, velocity.grid(), squared);
            float[] spare = u;
            u = squared;
            squared = spare;
        }
        return DisplacementField.takeOwnershipOf(velocity.grid(), u);
    }
}
