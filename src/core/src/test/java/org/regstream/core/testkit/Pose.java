package org.regstream.core.testkit;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/** A rigid move of patient space: p goes to turn(p) + shift. Columns are where the axes x, y and z go; shift in mm. */
public record Pose(Vector3 x, Vector3 y, Vector3 z, Vector3 shift) {

    public static final Pose HOME = axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));

    private static Pose axes(Vector3 x, Vector3 y, Vector3 z) {
        return new Pose(x, y, z, new Vector3(0, 0, 0));
    }

    /** @param axis of length 1
     *  @param angle radians, right-handed */
    public static Pose turn(Vector3 axis, double angle) {
        return axes(turned(HOME.x, axis, angle), turned(HOME.y, axis, angle), turned(HOME.z, axis, angle));
    }

    /** v cos + (a x v) sin + a (a . v) (1 - cos) */
    private static Vector3 turned(Vector3 v, Vector3 axis, double angle) {
        return v.times(Math.cos(angle)).plus(axis.cross(v).times(Math.sin(angle)))
                .plus(axis.times(axis.dot(v) * (1 - Math.cos(angle))));
    }

    /**
     * One of the 24 turns that put axes on axes, exactly.
     *
     * @param which 0 to 23
     */
    public static Pose permutation(int which) {
        Vector3[] axes = {HOME.x, HOME.y, HOME.z};
        Vector3 x = axes[which % 3].times(which / 3 % 2 == 0 ? 1 : -1);
        Vector3 y = axes[(which % 3 + 1 + which / 6 % 2) % 3].times(which / 12 == 0 ? 1 : -1);
        return axes(x, y, x.cross(y));
    }

    public Pose shifted(Vector3 mm) {
        return new Pose(x, y, z, shift.plus(mm));
    }

    /** First this, then the other. */
    public Pose then(Pose next) {
        return new Pose(next.direction(x), next.direction(y), next.direction(z), next.point(shift));
    }

    public Vector3 direction(Vector3 v) {
        return x.times(v.x()).plus(y.times(v.y())).plus(z.times(v.z()));
    }

    public Vector3 point(Vector3 p) {
        return direction(p).plus(shift);
    }

    /** The same voxels, moved. */
    public Grid of(Grid g) {
        Affine a = g.affine();
        return new Grid(g.depth(), g.height(), g.width(),
                new Affine(point(a.origin()), direction(a.stepK()), direction(a.stepJ()), direction(a.stepI())));
    }
}
