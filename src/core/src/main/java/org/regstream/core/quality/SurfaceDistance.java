package org.regstream.core.quality;

import java.util.Arrays;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Shapes;

/**
 * How far the surfaces of one structure in two label maps lie apart.
 *
 * <p>The surface is the voxels of the label with at least one of six neighbours that is not of the label; what lies outside
 * the array is not. From each surface voxel of one map the distance to the nearest surface voxel of the other is taken,
 * centre to centre, exactly.
 *
 * <p>HD95 is the larger of the two directed 95th percentiles (linear between order statistics), as in Learn2Reg; Learn2Reg's
 * program weights by surface area, which a voxel count does not. A label that neither map uses gives NaN; one that a single
 * map uses gives infinity, so that a lost structure cannot improve a mean.
 *
 * @param averageMm ASD: mean over the surface voxels of both maps together, mm
 * @param hd95Mm    HD95, mm
 */
public record SurfaceDistance(double averageMm, double hd95Mm) {

    private static final double PERCENTILE = 0.95;

    /** Largest cosine between array axes at which distances along them still add by Pythagoras: error below 0.1 %. */
    private static final double SKEW = 1e-3;

    /**
     * @param a     labels, [D, H, W]. Not modified.
     * @param b     labels on the same grid. Not modified.
     * @param label the structure, 1 to 255
     * @throws IllegalArgumentException if the grid's axes are not perpendicular
     */
    public static SurfaceDistance between(LabelMap a, LabelMap b, int label) {
        Shapes.requireSameGrid("label maps", a.grid(), b.grid());
        requirePerpendicular(a.grid());
        LabelBox box = LabelBox.around(a, b, label);
        if (box == null) {
            return new SurfaceDistance(Double.NaN, Double.NaN);
        }
        boolean[] surfaceA = box.surface(a);
        boolean[] surfaceB = box.surface(b);
        double[] spacing = a.grid().affine().spacingMm();
        double[] fromA = distances(surfaceA, DistanceTransform.squaredMm(surfaceB, box.shape(), spacing));
        double[] fromB = distances(surfaceB, DistanceTransform.squaredMm(surfaceA, box.shape(), spacing));
        if (fromA.length == 0 || fromB.length == 0) {
            return new SurfaceDistance(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double average = (Arrays.stream(fromA).sum() + Arrays.stream(fromB).sum()) / (fromA.length + fromB.length);
        return new SurfaceDistance(average, Math.max(percentile(fromA), percentile(fromB)));
    }

    /** @return distances in mm of the surface's voxels, sorted */
    private static double[] distances(boolean[] surface, float[] squaredMm) {
        double[] distances = new double[surface.length];
        int n = 0;
        for (int x = 0; x < surface.length; x++) {
            if (surface[x]) {
                distances[n++] = Math.sqrt(squaredMm[x]);
            }
        }
        double[] sorted = Arrays.copyOf(distances, n);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double percentile(double[] sorted) {
        double at = PERCENTILE * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static void requirePerpendicular(Grid grid) {
        Affine a = grid.affine();
        for (int axis = 0; axis < 3; axis++) {
            double cosine = a.step(axis).normalized().dot(a.step((axis + 1) % 3).normalized());
            if (Math.abs(cosine) > SKEW) {
                throw new IllegalArgumentException(
                        "surface distances need perpendicular axes, got a cosine of " + cosine
                                + " on " + grid + "; resample the labels first");
            }
        }
    }
}
