package org.regstream.training.data.motion;

import java.util.random.RandomGenerator;

/** A rotation about a point, then a shift. */
final class Rigid implements Motion {

    private final double[] centre;
    private final double[][] rotation;
    private final double[] shift;

    private Rigid(double[] centre, double[][] rotation, double[] shift) {
        this.centre = centre;
        this.rotation = rotation;
        this.shift = shift;
    }

    /**
     * @param centre     (k, j, i), voxels
     * @param degrees    of the rotation, about an axis of random direction
     * @param shiftVoxels length of the shift, in a random direction
     */
    static Rigid of(RandomGenerator random, double[] centre, double degrees, double shiftVoxels) {
        double[] shift = Directions.any(random);
        for (int axis = 0; axis < 3; axis++) {
            shift[axis] *= shiftVoxels;
        }
        return new Rigid(centre.clone(), rotation(Directions.any(random), Math.toRadians(degrees)), shift);
    }

    /** Rodrigues' formula. */
    private static double[][] rotation(double[] axis, double angle) {
        double s = Math.sin(angle);
        double c = 1 - Math.cos(angle);
        double x = axis[0];
        double y = axis[1];
        double z = axis[2];
        return new double[][]{{1 - c * (y * y + z * z), c * x * y - s * z, c * x * z + s * y},
                {c * x * y + s * z, 1 - c * (x * x + z * z), c * y * z - s * x},
                {c * x * z - s * y, c * y * z + s * x, 1 - c * (x * x + y * y)}};
    }

    @Override
    public void trace(double[] p) {
        double k = p[0] - centre[0];
        double j = p[1] - centre[1];
        double i = p[2] - centre[2];
        for (int axis = 0; axis < 3; axis++) {
            double[] row = rotation[axis];
            p[axis] = centre[axis] + row[0] * k + row[1] * j + row[2] * i + shift[axis];
        }
    }
}
