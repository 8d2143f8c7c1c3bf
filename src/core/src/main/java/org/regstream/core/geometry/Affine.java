package org.regstream.core.geometry;

/**
 * Maps a voxel index (k, j, i), which may be fractional, to LPS millimetres:
 * {@code p = origin + k * stepK + j * stepJ + i * stepI}. The columns follow the array axes (k, j, i); {@code origin} is
 * the centre of voxel (0, 0, 0). Oblique and left-handed mappings are allowed, singular ones are not.
 *
 * @param origin centre of voxel (0, 0, 0), LPS mm
 * @param stepK  from one slice to the next, LPS mm
 * @param stepJ  from one row to the next, LPS mm
 * @param stepI  from one column to the next, LPS mm
 */
public record Affine(Vector3 origin, Vector3 stepK, Vector3 stepJ, Vector3 stepI) {

    /** Smallest |determinant| relative to the product of the column lengths: below, the axes lie in one plane. */
    private static final double SINGULAR = 1e-6;

    public Affine {
        double lengths = stepK.norm() * stepJ.norm() * stepI.norm();
        double det = stepK.dot(stepJ.cross(stepI));
        if (!(lengths > 0) || !(Math.abs(det) > SINGULAR * lengths) || !Double.isFinite(det)
                || !Double.isFinite(origin.norm())) {
            throw new IllegalArgumentException("axes must span space: k " + stepK + ", j " + stepJ + ", i " + stepI);
        }
    }

    /** Axis-aligned: k towards the head, j towards the back, i towards the left, with the given spacing in mm. */
    public static Affine axisAligned(Vector3 origin, double spacingK, double spacingJ, double spacingI) {
        return new Affine(origin, new Vector3(0, 0, spacingK), new Vector3(0, spacingJ, 0),
                new Vector3(spacingI, 0, 0));
    }

    /** @return the LPS mm position of the (fractional) index */
    public Vector3 toLps(double k, double j, double i) {
        return new Vector3(origin.x() + k * stepK.x() + j * stepJ.x() + i * stepI.x(),
                origin.y() + k * stepK.y() + j * stepJ.y() + i * stepI.y(),
                origin.z() + k * stepK.z() + j * stepJ.z() + i * stepI.z());
    }

    /** @return the fractional index of an LPS mm position, as a new array {k, j, i} */
    public double[] toIndex(Vector3 lps) {
        Vector3 d = lps.minus(origin);
        double det = determinant();
        return new double[]{d.dot(stepJ.cross(stepI)) / det, d.dot(stepI.cross(stepK)) / det,
                d.dot(stepK.cross(stepJ)) / det};
    }

    /** Signed volume of one voxel in mm³; negative where (k, j, i) is a left-handed triple. */
    public double determinant() {
        return stepK.dot(stepJ.cross(stepI));
    }

    /** @return distance between neighbouring voxel centres along k, j, i in mm, as a new array */
    public double[] spacingMm() {
        return new double[]{stepK.norm(), stepJ.norm(), stepI.norm()};
    }

    /** The column of one array axis: 0 is k, 1 is j, 2 is i. */
    public Vector3 step(int axis) {
        switch (axis) {
            case 0 :
                return stepK;
            case 1 :
                return stepJ;
            case 2 :
                return stepI;
            default :
                throw new IllegalArgumentException("axis must be 0 (k), 1 (j) or 2 (i), got " + axis);
        }
    }

    /** The same axes with voxel (0, 0, 0) where this mapping has (k, j, i). */
    public Affine shifted(double k, double j, double i) {
        return new Affine(toLps(k, j, i), stepK, stepJ, stepI);
    }

    /** The same axes, moved by a translation in LPS mm. */
    public Affine translated(Vector3 mm) {
        return new Affine(origin.plus(mm), stepK, stepJ, stepI);
    }
}
