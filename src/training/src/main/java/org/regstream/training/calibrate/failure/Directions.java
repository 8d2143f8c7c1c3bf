package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Vector3;

/** Directions in space. */
final class Directions {

    private Directions() {}

    /** @return of unit length, all alike likely */
    static Vector3 any(RandomGenerator random) {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).normalized();
    }
}
