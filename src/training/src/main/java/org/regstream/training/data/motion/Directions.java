package org.regstream.training.data.motion;

import java.util.random.RandomGenerator;

/** Unit vectors. */
final class Directions {

    private Directions() {}

    /** @return new unit vector, uniform on the sphere */
    static double[] any(RandomGenerator random) {
        double[] v = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return length < 1e-9 ? new double[]{1, 0, 0} : new double[]{v[0] / length, v[1] / length, v[2] / length};
    }
}
