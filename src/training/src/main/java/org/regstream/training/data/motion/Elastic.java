package org.regstream.training.data.motion;

import java.util.random.RandomGenerator;

/**
 * A smooth random motion: cubic B-splines whose control points, {@code spacing} voxels apart, move by normally distributed
 * vectors. Beyond the window the outermost control points go on.
 */
final class Elastic implements Motion {

    private final double spacing;
    private final int[] points;
    private final float[] control;

    private Elastic(double spacing, int[] points, float[] control) {
        this.spacing = spacing;
        this.points = points;
        this.control = control;
    }

    /**
     * @param shape     {D, H, W} of the window
     * @param spacing   of the control points, voxels
     * @param amplitude standard deviation of the motion's length, voxels
     */
    static Elastic of(RandomGenerator random, int[] shape, double spacing, double amplitude) {
        int[] points = new int[3];
        int all = 3;
        for (int axis = 0; axis < 3; axis++) {
            points[axis] = (int) Math.ceil((shape[axis] - 1) / spacing) + 3;
            all *= points[axis];
        }
        float[] control = new float[all];
        double each = amplitude / Math.sqrt(3) / SPLINE_GAIN;
        for (int n = 0; n < all; n++) {
            control[n] = (float) (each * random.nextGaussian());
        }
        return new Elastic(spacing, points, control);
    }

    /** Root of the mean over a cell of the sum of squared cubic weights, cubed for three axes: what independent unit control
     *  values leave of their size ({@code (151/315)^(3/2)}). */
    private static final double SPLINE_GAIN = Math.pow(151.0 / 315, 1.5);

    @Override
    public void trace(double[] p) {
        int[] cell = new int[3];
        double[][] weights = new double[3][];
        for (int axis = 0; axis < 3; axis++) {
            double at = Math.max(0, Math.min(p[axis] / spacing, points[axis] - 3.000001));
            cell[axis] = (int) at;
            weights[axis] = cubic(at - cell[axis]);
        }
        int n = points[0] * points[1] * points[2];
        double[] moved = new double[3];
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 4; j++) {
                double kj = weights[0][k] * weights[1][j];
                int row = ((cell[0] + k) * points[1] + cell[1] + j) * points[2] + cell[2];
                for (int i = 0; i < 4; i++) {
                    double w = kj * weights[2][i];
                    for (int axis = 0; axis < 3; axis++) {
                        moved[axis] += w * control[axis * n + row + i];
                    }
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            p[axis] += moved[axis];
        }
    }

    private static double[] cubic(double t) {
        double r = 1 - t;
        return new double[]{r * r * r / 6, 2.0 / 3 - t * t + t * t * t / 2, 2.0 / 3 - r * r + r * r * r / 2,
                t * t * t / 6};
    }
}
