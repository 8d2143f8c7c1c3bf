package org.regstream.dicom.write;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * Maps positions of one patient space to another, LPS mm: {@code q = origin + p.x * x + p.y * y + p.z * z}.
 *
 * @param origin where (0, 0, 0) lies, LPS mm
 * @param x      column of x
 * @param y      column of y
 * @param z      column of z
 */
record SpaceMatrix(Vector3 origin, Vector3 x, Vector3 y, Vector3 z) {

    static final SpaceMatrix IDENTITY = new SpaceMatrix(new Vector3(0, 0, 0), new Vector3(1, 0, 0),
            new Vector3(0, 1, 0), new Vector3(0, 0, 1));

    /** What of lengths and angles may change for a matrix to be called rigid: decimal strings keep far more. */
    private static final double RIGID = 1e-6;

    /** @return the map that brings each voxel of one lattice to the voxel of the same index of the other */
    static SpaceMatrix between(Affine from, Affine to) {
        if (from.equals(to)) {
            return IDENTITY;
        }
        Vector3 origin = moved(IDENTITY.origin, from, to);
        return new SpaceMatrix(origin, moved(IDENTITY.x, from, to).minus(origin),
                moved(IDENTITY.y, from, to).minus(origin), moved(IDENTITY.z, from, to).minus(origin));
    }

    private static Vector3 moved(Vector3 lps, Affine from, Affine to) {
        double[] at = from.toIndex(lps);
        return to.toLps(at[0], at[1], at[2]);
    }

    /** @return the item of a matrix registration sequence: 4 x 4, row after row */
    DicomObject toItem() {
        return DicomObject.builder()
                .decimals(Tag.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX, x.x(), y.x(), z.x(), origin.x(), x.y(), y.y(),
                        z.y(), origin.y(), x.z(), y.z(), z.z(), origin.z(), 0, 0, 0, 1)
                .text(Tag.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX_TYPE, isRigid() ? "RIGID" : "AFFINE").build();
    }

    /** Whether lengths, angles and handedness stay. */
    private boolean isRigid() {
        double stretch = Math.abs(x.norm() - 1) + Math.abs(y.norm() - 1) + Math.abs(z.norm() - 1);
        double skew = Math.abs(x.dot(y)) + Math.abs(y.dot(z)) + Math.abs(z.dot(x));
        return stretch + skew < RIGID && x.cross(y).dot(z) > 0;
    }
}
