package org.regstream.training.data;

import java.util.random.RandomGenerator;

/**
 * A random pose: rotation, scale and shift about the middle of the window, and a mirror image. Label-consistent, since image
 * and labels are moved alike. Poses are rows of three for sampling coordinates (x, y, z) in [-1, 1], as
 * {@code affine_grid_generator} takes them.
 */
final class Pose {

    /** Row by row, [3, 4]. */
    static final int SIZE = 12;

    private static final double MAX_ROTATION = Math.toRadians(8);
    private static final double MAX_SCALE = 0.08;
    private static final double MAX_SHIFT_VOXELS = 2;

    private Pose() {}

    /**
     * @param shape    {D, H, W}
     * @param strength multiple of the largest rotation, change of scale and shift, 1 is usual
     * @param mirror   whether left and right are exchanged, the same for both images of a pair
     * @return new pose [3, 4], row by row
     */
    static float[] draw(RandomGenerator random, int[] shape, double strength, boolean mirror) {
        double[][] m = Augmentation.staysAsItIs(random) ? identity() : similarity(random, strength);
        return normalised(m, shape, mirror);
    }

    /** The image as it lies. */
    static float[] none(int[] shape) {
        return normalised(identity(), shape, false);
    }

    private static double[][] identity() {
        return new double[][]{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};
    }

    private static float[] normalised(double[][] m, int[] shape, boolean mirror) {
        float[] pose = new float[SIZE];
        for (int row = 0; row < 3; row++) {
            double half = halfSide(shape, row);
            for (int column = 0; column < 3; column++) {
                double sign = mirror && column == 0 ? -1 : 1;
                pose[4 * row + column] = (float) (sign * m[row][column] * halfSide(shape, column) / half);
            }
            pose[4 * row + 3] = (float) (m[row][3] / half);
        }
        return pose;
    }

    /** Voxels that a coordinate of 1 lies from the middle; axis 0 is x (i), 1 is y (j), 2 is z (k). */
    static double halfSide(int[] shape, int axis) {
        return (shape[2 - axis] - 1) / 2.0;
    }

    /** Rotations about the three axes one after the other, times a scale; then the shift. In voxels. */
    static double[][] similarity(RandomGenerator random, double strength) {
        double[][] m = identity();
        double scale = 1 + strength * MAX_SCALE * (2 * random.nextDouble() - 1);
        for (int axis = 0; axis < 3; axis++) {
            double angle = strength * MAX_ROTATION * (2 * random.nextDouble() - 1);
            rotate(m, (axis + 1) % 3, (axis + 2) % 3, angle);
        }
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                m[row][column] *= scale;
            }
            m[row][3] = strength * MAX_SHIFT_VOXELS * (2 * random.nextDouble() - 1);
        }
        return m;
    }

    private static void rotate(double[][] m, int a, int b, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int column = 0; column < 3; column++) {
            double x = m[a][column];
            double y = m[b][column];
            m[a][column] = cos * x - sin * y;
            m[b][column] = sin * x + cos * y;
        }
    }
}
