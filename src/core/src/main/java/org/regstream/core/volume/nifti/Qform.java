package org.regstream.core.volume.nifti;

/**
 * NIfTI's second way to place voxels: a unit quaternion (a, b, c, d) with a >= 0, voxel sizes, and a sign for the third axis.
 *
 * <pre>
 *     | a²+b²-c²-d²   2(bc-ad)      2(bd+ac)    |
 * R = | 2(bc+ad)      a²+c²-b²-d²   2(cd-ab)    |      RAS = R · (dx i, dy j, qfac dz k) + offset
 *     | 2(bd-ac)      2(cd+ab)      a²+d²-b²-c² |
 * </pre>
 *
 * @param b    quaternion
 * @param c    quaternion
 * @param d    quaternion
 * @param qfac 1 or -1; -1 where (i, j, k) is a left-handed triple in RAS
 */
record Qform(double b, double c, double d, double qfac) {

    /** Below, a² is rounding; the half turn's (b, c, d) is then scaled to length 1. The value of the reference library. */
    private static final double HALF_TURN = 1e-7;

    /** Largest cosine between two columns that still count as perpendicular: float32 rounding of a stored matrix. */
    private static final double SKEW = 1e-5;

    /** @return the upper three rows of the matrix from (i, j, k, 1) to RAS mm, 12 numbers */
    double[] toRows(double dx, double dy, double dz, double[] offset) {
        double aa = 1 - (b * b + c * c + d * d);
        double s = aa < HALF_TURN ? 1 / Math.sqrt(b * b + c * c + d * d) : 1;
        double qa = aa < HALF_TURN ? 0 : Math.sqrt(aa);
        double qb = s * b;
        double qc = s * c;
        double qd = s * d;
        double sz = qfac * dz;
        return new double[]{dx * (qa * qa + qb * qb - qc * qc - qd * qd), dy * 2 * (qb * qc - qa * qd),
                sz * 2 * (qb * qd + qa * qc), offset[0], dx * 2 * (qb * qc + qa * qd),
                dy * (qa * qa + qc * qc - qb * qb - qd * qd), sz * 2 * (qc * qd - qa * qb), offset[1],
                dx * 2 * (qb * qd - qa * qc), dy * 2 * (qc * qd + qa * qb),
                sz * (qa * qa + qd * qd - qb * qb - qc * qc), offset[2]};
    }

    /**
     * @param rows upper three rows of a matrix from (i, j, k, 1) to RAS mm
     * @return its rotation, or null where its axes are not perpendicular, which a quaternion cannot say
     */
    static Qform of(double[] rows) {
        double[][] r = new double[3][3];
        for (int col = 0; col < 3; col++) {
            double norm = Math
                    .sqrt(rows[col] * rows[col] + rows[4 + col] * rows[4 + col] + rows[8 + col] * rows[8 + col]);
            for (int row = 0; row < 3; row++) {
                r[row][col] = rows[4 * row + col] / norm;
            }
        }
        if (Math.abs(dot(r, 0, 1)) > SKEW || Math.abs(dot(r, 0, 2)) > SKEW || Math.abs(dot(r, 1, 2)) > SKEW) {
            return null;
        }
        double qfac = determinant(r) < 0 ? -1 : 1;
        for (int row = 0; row < 3; row++) {
            r[row][2] *= qfac;
        }
        return ofRotation(r, qfac);
    }

    /** From the largest of the four squared parts, so that nothing is divided by a small number. */
    private static Qform ofRotation(double[][] r, double qfac) {
        double[] squares = {1 + r[0][0] + r[1][1] + r[2][2], 1 + r[0][0] - r[1][1] - r[2][2],
                1 - r[0][0] + r[1][1] - r[2][2], 1 - r[0][0] - r[1][1] + r[2][2]};
        int largest = 0;
        for (int n = 1; n < 4; n++) {
            largest = squares[n] > squares[largest] ? n : largest;
        }
        double twice = Math.sqrt(squares[largest]);
        double wx = r[2][1] - r[1][2];
        double wy = r[0][2] - r[2][0];
        double wz = r[1][0] - r[0][1];
        double xy = r[0][1] + r[1][0];
        double xz = r[0][2] + r[2][0];
        double yz = r[1][2] + r[2][1];
        double[][] quadruples = {{twice * twice, wx, wy, wz}, {wx, twice * twice, xy, xz}, {wy, xy, twice * twice, yz},
                {wz, xz, yz, twice * twice}};
        double[] q = quadruples[largest];
        double scale = (q[0] < 0 ? -0.5 : 0.5) / twice;
        return new Qform(q[1] * scale, q[2] * scale, q[3] * scale, qfac);
    }

    private static double dot(double[][] r, int p, int q) {
        return r[0][p] * r[0][q] + r[1][p] * r[1][q] + r[2][p] * r[2][q];
    }

    private static double determinant(double[][] r) {
        return r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1]) - r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0])
                + r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
    }
}
