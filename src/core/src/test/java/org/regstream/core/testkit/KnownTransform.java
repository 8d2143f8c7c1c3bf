package org.regstream.core.testkit;

import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.MillimetreField;

/**
 * A turn and a shift, then a smooth wave, by formula: {@code T(p) = pose(p) + a (sin(w y), sin(w z), sin(w x))}, p in mm. The
 * slope of the wave is a w = 0.2, so that T can be inverted.
 */
public record KnownTransform(Pose pose) {

    private static final double AMPLITUDE_MM = 3;
    private static final double PER_MM = 0.2 / AMPLITUDE_MM;

    /** Turned by 28 degrees about an oblique axis, moved by 20 mm. */
    public static KnownTransform oblique() {
        return new KnownTransform(Pose.rotation(new Vector3(0.2, -0.3, 0.35)).taking(new Vector3(5, -20, 10),
                new Vector3(-7, -12, 24)));
    }

    public Vector3 map(Vector3 p) {
        return pose.toMoving(p).plus(new Vector3(Math.sin(PER_MM * p.y()), Math.sin(PER_MM * p.z()),
                Math.sin(PER_MM * p.x())).times(AMPLITUDE_MM));
    }

    /** As it is at the voxels of a grid of the fixed image. */
    public MillimetreField on(Grid fixed) {
        int n = fixed.size();
        float[] d = new float[3 * n];
        forEach(fixed, (x, p) -> {
            Vector3 way = map(p).minus(p);
            d[x] = (float) way.x();
            d[n + x] = (float) way.y();
            d[2 * n + x] = (float) way.z();
        });
        return MillimetreField.takeOwnershipOf(fixed, d);
    }

    /** Without the pose: in voxels of a window that the pose lays over the moving image. */
    public DisplacementField inVoxels(Grid window) {
        int n = window.size();
        float[] u = new float[3 * n];
        Pose back = pose.inverse();
        forEach(window, (x, p) -> {
            double[] from = window.affine().toIndex(p);
            double[] to = window.affine().toIndex(back.toMoving(map(p)));
            for (int c = 0; c < 3; c++) {
                u[c * n + x] = (float) (to[c] - from[c]);
            }
        });
        return DisplacementField.takeOwnershipOf(window, u);
    }

    /** Where the voxels of a window on the fixed image lie on the moving one, by the pose. */
    public Grid moved(Grid window) {
        return pose.inverse().overlay(window);
    }

    private interface Place {
        void at(int offset, Vector3 lps);
    }

    private static void forEach(Grid grid, Place place) {
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    place.at(x, grid.affine().toLps(k, j, i));
                }
            }
        }
    }
}
