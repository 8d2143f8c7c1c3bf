package org.regstream.core.testkit;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/** A made-up head of ellipsoids with soft borders, the same from no two sides; its middle lies at LPS (0, 0, 0). */
public final class HeadPhantom {

    /** Middle x, y, z and half axes x, y, z, mm, then what it adds to the tone inside. */
    private static final double[][] ELLIPSOIDS = {{0, 0, 0, 70, 88, 75, 0.5}, {0, 4, 2, 62, 78, 66, 0.3},
            {0, -92, -30, 12, 16, 18, 0.6}, {18, -20, 10, 9, 30, 14, -0.5}, {-16, -12, 14, 7, 24, 10, -0.45},
            {0, 50, -38, 42, 24, 20, 0.25}, {30, 30, 30, 14, 10, 18, 0.3}, {-38, -38, 12, 10, 16, 8, -0.3},
            {-25, 36, 40, 12, 9, 9, -0.35}, {8, 2, -45, 10, 12, 36, 0.3}};

    private static final double SOFT_MM = 1.5;

    private HeadPhantom() {}

    /** Cubic, axis-aligned, its middle on the phantom's. */
    public static Grid grid(int edge, double spacingMm) {
        double first = -(edge - 1) * spacingMm / 2;
        return new Grid(edge, edge, edge,
                Affine.axisAligned(new Vector3(first, first, first), spacingMm, spacingMm, spacingMm));
    }

    /** @param grid of the image. @param pose from the image's places to the phantom's. @param tone of the phantom's tone, [0, 1] */
    public static Volume seen(Grid grid, Pose pose, DoubleUnaryOperator tone) {
        Random random = new Random(7);
        float[] values = new float[grid.size()];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    double at = tone(pose.toMoving(grid.affine().toLps(k, j, i)));
                    values[x] = (float) (100 * tone.applyAsDouble(at) + 3 * random.nextGaussian());
                }
            }
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    private static double tone(Vector3 p) {
        double sum = 0;
        for (double[] e : ELLIPSOIDS) {
            double r = Math.sqrt(square((p.x() - e[0]) / e[3]) + square((p.y() - e[1]) / e[4])
                    + square((p.z() - e[2]) / e[5]));
            double depthMm = (1 - r) * Math.min(e[3], Math.min(e[4], e[5]));
            sum += e[6] * Math.max(0, Math.min(1, 0.5 + depthMm / (2 * SOFT_MM)));
        }
        return sum;
    }

    private static double square(double v) {
        return v * v;
    }
}
