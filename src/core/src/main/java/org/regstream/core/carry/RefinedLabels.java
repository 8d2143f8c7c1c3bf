package org.regstream.core.carry;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.warp.Resample;

/**
 * Two opinions of the live image put together: where labels are carried to, and what the network paints there (METHODS, refiner
 * R, whose network starts from the same logarithm of carried labels).
 *
 * <pre>
 * p_c ∝ (carried_c + 1e-3) (outline_c + 1e-4)
 * </pre>
 *
 * Two people's anatomies overlap less along any smooth field than a painter and a carrier do together; of one patient, carried
 * labels are the better ones.
 */
public final class RefinedLabels {

    private static final float CARRIED_FLOOR = 1e-3f;
    private static final float OUTLINE_FLOOR = 1e-4f;

    private RefinedLabels() {}

    /**
     * @param given   label c is the outline's channel c, 0 whatever has none; as they lie before registration. Not modified.
     * @param fields  on the outline's window. Not modified.
     * @param outline of the live image. Not modified.
     * @param target  the grid of the result
     * @return new array
     */
    public static LabelProbabilities of(LabelMap given, CarryingFields fields, LabelProbabilities outline,
            Grid target) {
        int channels = outline.channels();
        float[] p = CarriedLabels.probabilities(given, fields, target, channels).values();
        float[] painted = Resample.linear(outline, target).values();
        int n = target.size();
        for (int x = 0; x < n; x++) {
            float sum = 0;
            for (int at = x; at < channels * n; at += n) {
                p[at] = (p[at] + CARRIED_FLOOR) * (painted[at] + OUTLINE_FLOOR);
                sum += p[at];
            }
            for (int at = x; at < channels * n; at += n) {
                p[at] /= sum;
            }
        }
        return LabelProbabilities.takeOwnershipOf(target, channels, p);
    }
}
