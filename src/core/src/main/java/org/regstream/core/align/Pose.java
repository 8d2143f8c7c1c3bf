package org.regstream.core.align;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * Where a place of the fixed image lies in the moving one: {@code moving = rows * fixed + shift}, LPS mm on both sides. A
 * pull, as displacement fields are. The rows are those of a rotation, or of any invertible matrix for an affine pose.
 *
 * @param rowX  row of the moving image's x, unit-free
 * @param rowY  row of y
 * @param rowZ  row of z
 * @param shift where the fixed image's (0, 0, 0) lies in the moving image, LPS mm
 */
public record Pose(Vector3 rowX, Vector3 rowY, Vector3 rowZ, Vector3 shift) {

    /** Both images lie in one space. */
    public static final Pose IDENTITY = new Pose(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1),
            new Vector3(0, 0, 0));

    public Pose {
        if (!Double.isFinite(rowX.norm() + rowY.norm() + rowZ.norm() + shift.norm())
                || rowX.dot(rowY.cross(rowZ)) == 0) {
            throw new IllegalArgumentException(
                    "a pose needs finite, independent rows, got " + rowX + ", " + rowY + ", " + rowZ + ", " + shift);
        }
    }

    /**
     * The right-handed rotation about an axis through the origin.
     *
     * @param turn axis, its length the angle in radians; the null vector turns nothing
     */
    public static Pose rotation(Vector3 turn) {
        double angle = turn.norm();
        double s = angle < SMALL ? 1 - angle * angle / 6 : Math.sin(angle) / angle;
        double half = Math.sin(angle / 2);
        double c = angle < SMALL ? 0.5 : 2 * half * half / (angle * angle);
        double x = turn.x();
        double y = turn.y();
        double z = turn.z();
        return new Pose(new Vector3(1 - c * (y * y + z * z), c * x * y - s * z, c * x * z + s * y),
                new Vector3(c * x * y + s * z, 1 - c * (x * x + z * z), c * y * z - s * x),
                new Vector3(c * x * z - s * y, c * y * z + s * x, 1 - c * (x * x + y * y)), IDENTITY.shift);
    }

    /** Below this angle, radians, series stand for quotients of small numbers. */
    private static final double SMALL = 1e-6;

    /** By which voxel (k, j, i) of one grid lies over voxel (k, j, i) of the other. */
    public static Pose between(Affine fixed, Affine moving) {
        Vector3 origin = across(fixed, moving, new Vector3(0, 0, 0));
        Vector3 x = across(fixed, moving, new Vector3(1, 0, 0)).minus(origin);
        Vector3 y = across(fixed, moving, new Vector3(0, 1, 0)).minus(origin);
        Vector3 z = across(fixed, moving, new Vector3(0, 0, 1)).minus(origin);
        return new Pose(new Vector3(x.x(), y.x(), z.x()), new Vector3(x.y(), y.y(), z.y()),
                new Vector3(x.z(), y.z(), z.z()), origin);
    }

    private static Vector3 across(Affine fixed, Affine moving, Vector3 place) {
        double[] at = fixed.toIndex(place);
        return moving.toLps(at[0], at[1], at[2]);
    }

    /** @return this rotation or matrix with the shift that takes a fixed place to a moving one, both LPS mm */
    public Pose taking(Vector3 fixed, Vector3 moving) {
        return new Pose(rowX, rowY, rowZ, moving.minus(turn(fixed)));
    }

    /** @param fixed LPS mm of the fixed image. @return LPS mm of the moving image */
    public Vector3 toMoving(Vector3 fixed) {
        return turn(fixed).plus(shift);
    }

    /** A direction of the fixed image in the moving one. */
    public Vector3 turn(Vector3 v) {
        return new Vector3(rowX.dot(v), rowY.dot(v), rowZ.dot(v));
    }

    /** @return the pose that applies {@code first}, then this */
    public Pose after(Pose first) {
        return new Pose(first.across(rowX), first.across(rowY), first.across(rowZ), toMoving(first.shift));
    }

    private Vector3 across(Vector3 row) {
        return rowX.times(row.x()).plus(rowY.times(row.y())).plus(rowZ.times(row.z()));
    }

    /** From the moving image to the fixed one. */
    public Pose inverse() {
        Vector3 yz = rowY.cross(rowZ);
        Vector3 zx = rowZ.cross(rowX);
        Vector3 xy = rowX.cross(rowY);
        double det = rowX.dot(yz);
        Pose turned = new Pose(new Vector3(yz.x(), zx.x(), xy.x()).times(1 / det),
                new Vector3(yz.y(), zx.y(), xy.y()).times(1 / det),
                new Vector3(yz.z(), zx.z(), xy.z()).times(1 / det), IDENTITY.shift);
        return turned.taking(shift, IDENTITY.shift);
    }

    /**
     * A moving image's grid as this pose lays it over the fixed image: voxels keep their index and get the place that they
     * have in the fixed image. Nothing is resampled.
     */
    public Grid overlay(Grid moving) {
        Pose toFixed = inverse();
        Affine a = moving.affine();
        return new Grid(moving.depth(), moving.height(), moving.width(), new Affine(toFixed.toMoving(a.origin()),
                toFixed.turn(a.stepK()), toFixed.turn(a.stepJ()), toFixed.turn(a.stepI())));
    }

    /** @return angle of the rotation, degrees, 0 to 180; of an affine pose that of its trace, for telling only */
    public double angleDegrees() {
        double sin = new Vector3(rowZ.y() - rowY.z(), rowX.z() - rowZ.x(), rowY.x() - rowX.y()).norm() / 2;
        double cos = (rowX.x() + rowY.y() + rowZ.z() - 1) / 2;
        return Math.toDegrees(Math.atan2(sin, cos));
    }
}
