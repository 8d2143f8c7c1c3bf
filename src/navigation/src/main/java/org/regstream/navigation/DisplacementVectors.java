package org.regstream.navigation;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.volume.DisplacementField;

/**
 * A displacement field as receivers of images take it: where each voxel's content comes from, in mm. A point p of the live
 * image shows what lies at {@code p + d(p)} in the pre-operative one; with window voxel x of both,
 * {@code d = moving(x + u(x)) - fixed(x)}.
 */
public final class DisplacementVectors {

    private DisplacementVectors() {}

    /**
     * @param u         voxels of the window, pull, [3, D, H, W]. Not modified
     * @param placement where the windows lie on the live and the pre-operative image
     * @param axes      of the vectors
     * @return d, [D, H, W, 3], x, y, z in mm, on the live window's grid, as a new array
     */
    public static float[] of(DisplacementField u, Placement placement, PatientAxes axes) {
        Grid grid = placement.fixedWindow();
        Affine fixed = grid.affine();
        Affine moving = placement.movingWindow().affine();
        float[] vectors = new float[Math.multiplyExact(3, grid.size())];
        for (int k = 0, at = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++) {
                    Vector3 from = moving.toLps(k + u.at(0, k, j, i), j + u.at(1, k, j, i), i + u.at(2, k, j, i));
                    Vector3 d = axes.of(from.minus(fixed.toLps(k, j, i)));
                    vectors[at++] = (float) d.x();
                    vectors[at++] = (float) d.y();
                    vectors[at++] = (float) d.z();
                }
            }
        }
        return vectors;
    }
}
