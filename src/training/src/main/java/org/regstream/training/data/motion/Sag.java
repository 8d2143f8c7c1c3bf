package org.regstream.training.data.motion;

import java.util.random.RandomGenerator;

/**
 * Brain shift: tissue beyond a plane sags along a direction; what lies deeper moves less, and {@code fade} voxels below
 * nothing moves any more (a cosine between).
 *
 * @param direction of the sag, unit vector (k, j, i)
 * @param surface   a point of the plane that moves most, voxels
 * @param normal    outwards, unit vector
 * @param depth     how far the surface moves, voxels
 * @param fade      voxels
 */
record Sag(double[] direction, double[] surface, double[] normal, double depth, double fade) implements Motion {

    /** @param middle of the region, voxels; lies somewhere in the half of the fade that moves more */
    static Sag of(RandomGenerator random, double[] middle, double depth, double fade) {
        double[] normal = Directions.any(random);
        double[] direction = new double[3];
        double[] surface = new double[3];
        double[] aside = Directions.any(random);
        double above = fade * random.nextDouble(0.05, 0.5);
        double length = 0;
        for (int axis = 0; axis < 3; axis++) {
            direction[axis] = normal[axis] + 0.5 * aside[axis];
            length += direction[axis] * direction[axis];
            surface[axis] = middle[axis] + above * normal[axis];
        }
        for (int axis = 0; axis < 3; axis++) {
            direction[axis] /= Math.sqrt(length);
        }
        return new Sag(direction, surface, normal, depth, fade);
    }

    @Override
    public void trace(double[] p) {
        double below = 0;
        for (int axis = 0; axis < 3; axis++) {
            below += (surface[axis] - p[axis]) * normal[axis];
        }
        double share = below <= 0 ? 1 : below >= fade ? 0 : (1 + Math.cos(Math.PI * below / fade)) / 2;
        for (int axis = 0; axis < 3; axis++) {
            p[axis] += depth * share * direction[axis];
        }
    }
}
