package org.regstream.core.quality;

import java.util.Arrays;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.ShapeMismatchException;

/**
 * How plausible a displacement field is, over the voxels that count.
 *
 * @param foldingFraction share of voxels with Jacobian determinant at or below 0, in [0, 1]
 * @param sdJacobian      standard deviation of the determinant
 * @param sdLogJacobian   SDlogJ: standard deviation of ln(determinant), the determinant clipped below at
 *                        {@link #LOG_CLIP}
 * @param minJacobian     smallest determinant
 * @param maxJacobian     largest determinant
 */
public record FieldQuality(double foldingFraction, double sdJacobian, double sdLogJacobian, double minJacobian,
        double maxJacobian) {

    /** Learn2Reg's evaluation clips the determinant to [1e-9, 1e9] before the logarithm. */
    public static final double LOG_CLIP = 1e-9;

    /** Over all voxels. */
    public static FieldQuality of(DisplacementField field) {
        boolean[] all = new boolean[field.grid().size()];
        Arrays.fill(all, true);
        return of(field, all);
    }

    /**
     * @param mask true where a voxel counts, [D, H, W]; padding does not. Not modified.
     * @throws ShapeMismatchException if mask and field differ in size
     * @throws IllegalArgumentException if no voxel counts
     */
    public static FieldQuality of(DisplacementField field, boolean[] mask) {
        if (mask.length != field.grid().size()) {
            throw new ShapeMismatchException("mask must have " + field.grid().size() + " elements, got " + mask.length);
        }
        float[] det = JacobianDeterminant.of(field);
        int count = 0;
        int folded = 0;
        double sum = 0;
        double squares = 0;
        double logSum = 0;
        double logSquares = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int x = 0; x < det.length; x++) {
            if (mask[x]) {
                double d = det[x];
                double log = Math.log(Math.max(LOG_CLIP, d));
                count++;
                folded += d <= 0 ? 1 : 0;
                sum += d;
                squares += d * d;
                logSum += log;
                logSquares += log * log;
                min = Math.min(min, d);
                max = Math.max(max, d);
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("the mask of " + field.grid() + " holds no voxel");
        }
        return new FieldQuality((double) folded / count, deviation(sum, squares, count),
                deviation(logSum, logSquares, count), min, max);
    }

    private static double deviation(double sum, double squares, int count) {
        double mean = sum / count;
        return Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
}
