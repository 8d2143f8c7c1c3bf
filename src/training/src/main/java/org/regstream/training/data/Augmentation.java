package org.regstream.training.data;

import java.util.random.RandomGenerator;

/**
 * A random pose: rotation, scale and shift about the middle of the window, and a mirror image. Label-consistent, since image
 * and labels are moved alike. Poses are rows of three for sampling coordinates (x, y, z) in [-1, 1], as
 * {@code affine_grid_generator} takes them.
 */
public final class Augmentation {

    /** Half of the images stay as they are, so that the network also sees images that nobody interpolated. */
    private static final double SHARE = 0.5;
    private static final double MAX_ROTATION = Math.toRadians(8);
    private static final double MAX_SCALE = 0.08;
    private static final double MAX_SHIFT_VOXELS = 2;

    private Augmentation() {}

    /**
     * @param shape  {D, H, W}
     * @param mirror whether left and right are exchanged, the same for both images of a pair
     * @return new pose [3, 4], row by row
     */
    public static float[] draw(RandomGenerator random, int[] shape, boolean mirror) {
        double[][] m = random.nextDouble() < SHARE
                ? new double[][]{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}
                : similarity(random);
        float[] pose = new float[12];
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

    /** Axis 0 is x (i), 1 is y (j), 2 is z (k). */
    private static double halfSide(int[] shape, int axis) {
        return (shape[2 - axis] - 1) / 2.0;
    }

    /** Rotations about the three axes one after the other, times a scale; then the shift. In voxels. */
    private static double[][] similarity(RandomGenerator random) {
        double[][] m = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};
        double scale = 1 + MAX_SCALE * (2 * random.nextDouble() - 1);
        for (int axis = 0; axis < 3; axis++) {
            double angle = MAX_ROTATION * (2 * random.nextDouble() - 1);
            rotate(m, (axis + 1) % 3, (axis + 2) % 3, angle);
        }
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                m[row][column] *= scale;
            }
            m[row][3] = MAX_SHIFT_VOXELS * (2 * random.nextDouble() - 1);
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
