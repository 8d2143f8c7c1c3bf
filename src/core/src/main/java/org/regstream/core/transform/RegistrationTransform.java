package org.regstream.core.transform;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.warp.Interpolation;

/**
 * A registration as others take it: field and pose in one. Voxel (k, j, i) of the window on the live image is laid over voxel (k,
 * j, i) of the window on the pre-operative one, so both share indices, and the pose is the way from one grid to the other:
 *
 * <pre>
 * x on the live window -> x + u(x) -> the same index on the pre-operative window
 * </pre>
 *
 * Beyond the window, where nothing was measured and no label is published, the pose alone holds (u = 0), as in a DICOM
 * Deformable Spatial Registration.
 *
 * @param u      displacement, voxels, on the window as it lies on the live image
 * @param moving the window as it lies on the pre-operative image, LPS mm
 */
public record RegistrationTransform(DisplacementField u, Grid moving) implements PlaceMap {

    public RegistrationTransform {
        if (!u.grid().hasSameShape(moving)) {
            throw new IllegalArgumentException("both windows must have one shape, got " + u.grid() + " vs " + moving);
        }
    }

    /**
     * The way back on the pre-operative window.
     *
     * @param field        from the pre-operative to the live image; where the origin lies beyond the live window, it belongs to u
     *                     continued as at the window's border, so that the field is smooth
     * @param meanMm       how far places are from where the field and the way back take them, over voxels whose origin lies
     *                     within the window
     * @param maxMm        likewise the farthest
     * @param withinWindow share of voxels whose origin lies within the window
     */
    public record Inverse(MillimetreField field, double meanMm, double maxMm, double withinWindow) {}

    @Override
    public Vector3 map(Vector3 live) {
        double[] at = u.grid().affine().toIndex(live);
        return Interpolation.isInside(u.grid(), at[0], at[1], at[2])
                ? displaced(at)
                : moving.affine().toLps(at[0], at[1], at[2]);
    }

    private Vector3 continued(Vector3 live) {
        return displaced(u.grid().affine().toIndex(live));
    }

    private Vector3 displaced(double[] at) {
        Grid g = u.grid();
        int n = g.size();
        float[] v = u.components();
        return moving.affine().toLps(at[0] + Interpolation.linear(v, 0, g, at[0], at[1], at[2]),
                at[1] + Interpolation.linear(v, n, g, at[0], at[1], at[2]),
                at[2] + Interpolation.linear(v, 2 * n, g, at[0], at[1], at[2]));
    }

    /** @return from the live to the pre-operative image, at each voxel of a grid of the live image */
    public MillimetreField onto(Grid live) {
        return sampled(live, this);
    }

    /** Solves {@code T(x) = q} for each voxel q of the pre-operative window. */
    public Inverse inverse() {
        Inversion inversion = new Inversion(this::continued,
                Pose.between(u.grid().affine(), moving.affine()));
        double[] residual = new double[moving.size()];
        boolean[] within = new boolean[moving.size()];
        MillimetreField field = sampled(moving, (q, x) -> {
            Inversion.Found found = inversion.toFixed(q);
            double[] at = u.grid().affine().toIndex(found.fixed());
            within[x] = Interpolation.isInside(u.grid(), at[0], at[1], at[2]);
            residual[x] = found.residualMm();
            return found.fixed();
        });
        double[] told = IntStream.range(0, residual.length).filter(x -> within[x])
                .mapToDouble(x -> residual[x]).toArray();
        return new Inverse(field, Arrays.stream(told).average().orElse(0), Arrays.stream(told).max().orElse(0),
                (double) told.length / residual.length);
    }

    private interface VoxelMap {
        Vector3 map(Vector3 place, int offset);
    }

    private static MillimetreField sampled(Grid grid, PlaceMap map) {
        return sampled(grid, (place, offset) -> map.map(place));
    }

    private static MillimetreField sampled(Grid grid, VoxelMap map) {
        int n = grid.size();
        float[] d = new float[Math.multiplyExact(3, n)];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    Vector3 place = grid.affine().toLps(k, j, i);
                    Vector3 way = map.map(place, x).minus(place);
                    d[x] = (float) way.x();
                    d[n + x] = (float) way.y();
                    d[2 * n + x] = (float) way.z();
                }
            }
        }
        return MillimetreField.takeOwnershipOf(grid, d);
    }
}
