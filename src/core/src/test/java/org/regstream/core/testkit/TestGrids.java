package org.regstream.core.testkit;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/** Grids that tell axes, sides and spacings apart. */
public final class TestGrids {

    private TestGrids() {}

    /** 1 mm voxels along the patient axes, voxel (0, 0, 0) at the origin. */
    public static Grid isotropic(int depth, int height, int width) {
        return new Grid(depth, height, width, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
    }

    /** Along the patient axes, 2.5 x 0.75 x 0.5 mm (k, j, i), away from the origin. */
    public static Grid anisotropic(int depth, int height, int width) {
        return new Grid(depth, height, width, Affine.axisAligned(new Vector3(-31, 17, 5), 2.5, 0.75, 0.5));
    }

    /** Turned about all three axes, right-handed in (i, j, k), 2.5 x 0.75 x 0.5 mm (k, j, i). */
    public static Grid oblique(int depth, int height, int width) {
        Vector3 i = new Vector3(0.8, 0.36, -0.48);
        Vector3 j = new Vector3(-0.6, 0.48, -0.64);
        Vector3 k = i.cross(j);
        return new Grid(depth, height, width,
                new Affine(new Vector3(12.5, -40.25, 7), k.times(2.5), j.times(0.75), i.times(0.5)));
    }

    /** {@link #oblique} with its slices in the opposite order: left-handed in (i, j, k). */
    public static Grid leftHanded(int depth, int height, int width) {
        Affine a = oblique(depth, height, width).affine();
        return new Grid(depth, height, width, new Affine(a.origin(), a.stepK().times(-1), a.stepJ(), a.stepI()));
    }

    /** Axes that are not perpendicular, as of a sheared matrix; a quaternion cannot say it. */
    public static Grid sheared(int depth, int height, int width) {
        return new Grid(depth, height, width, new Affine(new Vector3(1, 2, 3), new Vector3(0.2, 0.3, 2),
                new Vector3(0.25, 1.5, 0), new Vector3(1, 0, 0)));
    }
}
