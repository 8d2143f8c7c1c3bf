package org.regstream.core.geometry;

/**
 * The one border between LPS, which regstream uses everywhere, and RAS, which NIfTI and OpenIGTLink use. Both name the
 * patient's own left and right, not the viewer's: +x is the patient's left in LPS and the patient's right in RAS, +y the
 * patient's back in LPS and front in RAS, +z the head in both. So x and y change sign and nothing else does.
 *
 * <p>Worked example. A NIfTI file says that voxel i = 2, j = 0, k = 0 lies at RAS (-10, 20, 30): 10 mm to the patient's
 * left, 20 mm to the front, 30 mm up. The same voxel, in our order index (k, j, i) = (0, 0, 2), lies at LPS (10, -20, 30).
 *
 * <p>NIfTI arrays run with i fastest, as ours do, so voxels are never permuted; only the columns of the matrix change their
 * order from (i, j, k) to (k, j, i).
 */
public final class Ras {

    private Ras() {}

    /** The same point or direction in the other convention; its own inverse. */
    public static Vector3 flip(Vector3 v) {
        return new Vector3(-v.x(), -v.y(), v.z());
    }

    /**
     * @param rows the upper three rows of a matrix from (i, j, k, 1) to RAS mm, row by row, 12 numbers. Not modified.
     * @return the same mapping, columns (k, j, i), LPS mm
     * @throws IllegalArgumentException if the columns do not span space
     */
    public static Affine toLps(double[] rows) {
        return new Affine(flip(column(rows, 3)), flip(column(rows, 2)), flip(column(rows, 1)), flip(column(rows, 0)));
    }

    /** @return the upper three rows of the matrix from (i, j, k, 1) to RAS mm, row by row, as a new array of 12 */
    public static double[] fromLps(Affine affine) {
        Vector3 i = flip(affine.stepI());
        Vector3 j = flip(affine.stepJ());
        Vector3 k = flip(affine.stepK());
        Vector3 o = flip(affine.origin());
        return new double[]{i.x(), j.x(), k.x(), o.x(), i.y(), j.y(), k.y(), o.y(), i.z(), j.z(), k.z(), o.z()};
    }

    private static Vector3 column(double[] rows, int c) {
        return new Vector3(rows[c], rows[4 + c], rows[8 + c]);
    }
}
