package org.regstream.core.carry;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/**
 * Carries a label map along displacement fields: what goes out is what was given, pulled. Nothing that was not given can
 * appear.
 *
 * <p><b>Hard labels.</b> A voxel of the target takes the label of the one point that its centre comes from along the
 * published field, in the given map's own grid (nearest neighbour, one sampling). That keeps volumes on average and thin and
 * small structures whole, where the arg-max of interpolated or blurred labels rounds off what is small, and the arg-max of
 * several members' mean loses what they place apart. A structure between all voxel centres gets the one voxel that holds most
 * of it.
 *
 * <p><b>Soft labels.</b> For each given label l
 *
 * <pre>
 * p_l(x) = G_s(x) * mean over members of (1_l pulled trilinearly)      s(x) = (errorScale b(x))² / 2.55
 * </pre>
 *
 * with b the expected error and G_s a Gaussian of variance s along each axis: an error that is Gaussian along three axes
 * has the mean length 1.596 sigma, and 1.596² = 2.55. What is left to 1 is background. The Gaussian is interpolated linearly in s between
 * {@link #VARIANCES}, so it never blurs more than the last of them.
 */
public final class CarriedLabels {

    /** Mean squared length over variance of an axis: (sqrt(8 / pi))². */
    static final double LENGTH_TO_VARIANCE = 8 / Math.PI;

    /** Of the blurred copies between which is interpolated, voxels² of the window. */
    static final double[] VARIANCES = {0, 0.5, 2, 8, 32};

    private CarriedLabels() {}

    /**
     * @param given  labels as they lie before registration, on any grid in the patient space of the fields. Not modified.
     * @param fields on the window. Not modified.
     * @param target the grid of the result
     */
    public static Carried of(LabelMap given, CarryingFields fields, Grid target) {
        Carrier carrier = new Carrier(given, fields, target);
        return new Result(target.size()).of(carrier);
    }

    /**
     * The hard labels alone, for less. Arguments as of {@link #of}.
     *
     * @return the labels of {@link #of}
     */
    public static LabelMap hard(LabelMap given, CarryingFields fields, Grid target) {
        LabelMap labels = Warp.nearest(given, fields.published(), target);
        int[] left = labels.counts();
        int[] were = given.counts();
        for (int label = 1; label < left.length; label++) {
            if (were[label] > 0 && left[label] == 0) {
                return of(given, fields, target).labels();
            }
        }
        return labels;
    }

    /**
     * All of the soft labels, for those who measure them.
     *
     * @param channels more than the largest given label
     * @return new array; background outside the window
     */
    public static LabelProbabilities probabilities(LabelMap given, CarryingFields fields, Grid target, int channels) {
        if (given.maxLabel() >= channels) {
            throw new IllegalArgumentException(
                    "label " + given.maxLabel() + " has no channel: expected labels 0 to " + (channels - 1));
        }
        int n = target.size();
        float[] values = new float[Math.multiplyExact(n, channels)];
        Arrays.fill(values, 0, n, 1);
        new Carrier(given, fields, target).forEachLabel((label, part, p) -> part.forEach((from, x) -> {
            values[label * n + x] = p[from];
            values[x] -= p[from];
        }));
        for (int x = 0; x < n; x++) {
            values[x] = Math.max(0, values[x]);
        }
        return LabelProbabilities.takeOwnershipOf(target, channels, values);
    }

    /** Gathers label by label what is kept of the soft labels. */
    private static final class Result {
        private final float[] entropy;
        private final float[] sum;

        Result(int n) {
            entropy = new float[n];
            sum = new float[n];
        }

        Carried of(Carrier carrier) {
            carrier.forEachLabel((label, part, p) -> part.forEach((from, x) -> add(x, p[from])));
            boolean[] inside = carrier.inside();
            for (int x = 0; x < sum.length; x++) {
                if (inside[x]) {
                    addBackground(x);
                } else {
                    entropy[x] = Float.NaN;
                }
            }
            Grid target = carrier.target();
            return new Carried(LabelMap.takeOwnershipOf(target, carrier.labels()),
                    Volume.takeOwnershipOf(target, entropy), carrier.expectedErrorMm(), carrier.members());
        }

        private void add(int x, float p) {
            if (p > 0) {
                sum[x] += p;
                entropy[x] -= (float) (p * Math.log(p));
            }
        }

        private void addBackground(int x) {
            float p = Math.max(0, 1 - sum[x]);
            entropy[x] = p > 0 && p < 1 ? (float) Math.max(0, entropy[x] - p * Math.log(p)) : Math.max(0, entropy[x]);
        }
    }
}
