package org.regstream.core.quality;

import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Shapes;

/**
 * How regular a displacement field is, from its Jacobian determinant J = det(I + grad u).
 *
 * @param foldingFraction share of voxels with J at or below 0, in [0, 1]; a J that is not a number counts as folded
 * @param sdLogJacobian   SDlogJ as Learn2Reg publishes it: standard deviation of log(J + {@link #SHIFT}), clipped to
 *                        [{@link #SMALLEST}, {@link #LARGEST}] before the logarithm (decision 0011)
 * @param minDeterminant  smallest J
 * @param maxDeterminant  largest J
 * @param sdDeterminant   standard deviation of J
 */
public record FieldQuality(double foldingFraction, double sdLogJacobian, double minDeterminant, double maxDeterminant,
        double sdDeterminant) {

    /** What Learn2Reg adds to J. */
    public static final double SHIFT = 3;

    /** J of a field that changes no volume. */
    private static final double STILL = 1;

    /** Learn2Reg's lower bound of what is under the logarithm. */
    public static final double SMALLEST = 1e-9;

    /** Learn2Reg's upper bound of what is under the logarithm. */
    public static final double LARGEST = 1e9;

    /** @param u displacement, [3, D, H, W], voxels. Not modified. */
    public static FieldQuality of(DisplacementField u) {
        return of(u, null);
    }

    /**
     * @param u    displacement, [3, D, H, W], voxels. Not modified.
     * @param mask true where a voxel counts, [D, H, W]; null counts all. Not modified.
     * @throws IllegalArgumentException if no voxel counts
     */
    public static FieldQuality of(DisplacementField u, boolean[] mask) {
        if (mask != null) {
            Shapes.requireLength("mask", mask.length, u.grid(), 1);
        }
        float[] determinants = JacobianDeterminant.of(u).values();
        Moments plain = new Moments(STILL);
        Moments log = new Moments(clippedLog(STILL + SHIFT));
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        long folded = 0;
        for (int x = 0; x < determinants.length; x++) {
            if (mask == null || mask[x]) {
                double j = determinants[x];
                folded += j > 0 ? 0 : 1;
                min = Math.min(min, j);
                max = Math.max(max, j);
                plain.add(j);
                log.add(clippedLog(j + SHIFT));
            }
        }
        if (plain.count == 0) {
            throw new IllegalArgumentException("mask must keep at least one voxel of " + u.grid());
        }
        return new FieldQuality((double) folded / plain.count, log.sd(), min, max, plain.sd());
    }

    private static double clippedLog(double x) {
        return Math.log(Math.min(LARGEST, Math.max(SMALLEST, x)));
    }

    /** Variance about a value near the mean, divided by n as numpy's default. */
    private static final class Moments {
        private final double near;
        private long count;
        private double sum;
        private double squares;

        Moments(double near) {
            this.near = near;
        }

        void add(double value) {
            double off = value - near;
            count++;
            sum += off;
            squares += off * off;
        }

        double sd() {
            double mean = sum / count;
            return Math.sqrt(Math.max(0, squares / count - mean * mean));
        }
    }
}
