package org.regstream.training.data.motion;

/**
 * A needle or retractor pushes: tissue near a point is displaced in one direction, by a Gaussian of the distance.
 *
 * @param tip       (k, j, i), voxels
 * @param direction unit vector
 * @param depth     displacement at the tip, voxels
 * @param sigma     width, voxels
 */
record Push(double[] tip, double[] direction, double depth, double sigma) implements Motion {

    @Override
    public void trace(double[] p) {
        double squares = 0;
        for (int axis = 0; axis < 3; axis++) {
            squares += (p[axis] - tip[axis]) * (p[axis] - tip[axis]);
        }
        double by = depth * Math.exp(-squares / (2 * sigma * sigma));
        for (int axis = 0; axis < 3; axis++) {
            p[axis] += by * direction[axis];
        }
    }
}
