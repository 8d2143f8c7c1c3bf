package org.regstream.training.data;

import java.util.random.RandomGenerator;

/**
 * A smooth random displacement e: vectors on a coarse grid that spans the window, trilinear between them. It is made before
 * the pose, {@code x -> pose(x + e(x))}, so that it folds only where x + e(x) does.
 *
 * <p>Between control points s voxels apart whose vectors' components lie in [-a, a], each derivative of e lies in
 * [-2a / s, 2a / s]. The sum over a row of the derivative matrix stays below 1, and x + e(x) is one to one, if
 * {@code 6 a < s}: so a is at most 0.15 s.
 */
final class ElasticField {

    /** Control points along k, j, i. */
    static final int[] POINTS = {5, 6, 5};

    /** Of three components at each control point. */
    static final int SIZE = 3 * POINTS[0] * POINTS[1] * POINTS[2];
    private static final double MOST = 0.15;

    private ElasticField() {}

    /** @param strength share of the largest amplitude, in [0, 1]
     *  @return largest component, voxels */
    static double amplitude(int[] shape, double strength) {
        double spacing = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            spacing = Math.min(spacing, (shape[axis] - 1.0) / (POINTS[axis] - 1));
        }
        return strength * MOST * spacing;
    }

    /**
     * @param pose what follows, [3, 4]
     * @return new array [3, 5, 6, 5], components (x, y, z) turned by the pose, in units of sampling coordinates
     */
    static float[] draw(RandomGenerator random, int[] shape, double strength, float[] pose) {
        float[] control = new float[SIZE];
        if (Augmentation.staysAsItIs(random)) {
            return control;
        }
        int points = SIZE / 3;
        double amplitude = amplitude(shape, strength);
        for (int point = 0; point < points; point++) {
            for (int column = 0; column < 3; column++) {
                double e = amplitude * (2 * random.nextDouble() - 1) / Pose.halfSide(shape, column);
                for (int row = 0; row < 3; row++) {
                    control[row * points + point] += (float) (pose[4 * row + column] * e);
                }
            }
        }
        return control;
    }
}
