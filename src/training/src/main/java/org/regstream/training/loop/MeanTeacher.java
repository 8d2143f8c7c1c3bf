package org.regstream.training.loop;

/**
 * How smoothness and consistency are weighed (P2, section 2.2 and table 1). All but {@link #NONE} keep a teacher, the
 * running average of the student's weights, and pass each pair through it {@value #PASSES} times with dropout; a weight that is
 * adaptive is
 *
 * <pre>
 * λφ = k1 share of components with Uφ > τ1    λc = k2 share of voxels with U_I > τ2        (Eq. 5)
 * </pre>
 *
 * A network that is conditioned on λ draws it instead, and has no consistency.
 */
public enum MeanTeacher {
    /** No teacher; the objective's own smoothness weight. */
    NONE(Double.NaN, Double.NaN),
    /** Adaptive smoothness, no consistency. */
    AS(Double.NaN, 0),
    /** Fixed smoothness and consistency. */
    S_TC(3, 0.5),
    /** Adaptive smoothness, fixed consistency. */
    AS_TC(Double.NaN, 0.5),
    /** Both adaptive. */
    AS_ATC(Double.NaN, Double.NaN);

    /** N of P2. */
    public static final int PASSES = 6;
    /** α of Eq. 2; smaller in the first steps, see {@link Update}. */
    public static final double DECAY = 0.99;
    static final double K1 = 5;
    static final double K2 = 1;
    static final double TAU1 = 0.10;
    static final double TAU2 = 0.01;

    private final double lambdaPhi;
    private final double lambdaC;

    MeanTeacher(double lambdaPhi, double lambdaC) {
        this.lambdaPhi = lambdaPhi;
        this.lambdaC = lambdaC;
    }

    /** TorchScript: λφ from the share of uncertain voxels of the field. */
    String lambdaPhi(String share) {
        return weight(lambdaPhi, K1, share);
    }

    /** TorchScript: λc from the share of uncertain voxels of the image. */
    String lambdaC(String share) {
        return weight(lambdaC, K2, share);
    }

    private static String weight(double fixed, double k, String share) {
        return Double.isNaN(fixed)
                ? "torch.mul(" + share + ", " + k + ")"
                : "torch.add(torch.mul(" + share + ", 0.), " + fixed + ")";
    }
}
