package org.regstream.training.loop;

import java.util.Locale;

/**
 * One value of the loss and its terms: {@code total = similarity + segmentation + λ smoothness}.
 *
 * @param similarity   -NLCC, in [-1, 0]
 * @param segmentation 1 - soft Dice, in [0, 1]
 * @param smoothness   squared gradient, voxels²
 */
public record LossParts(double total, double similarity, double segmentation, double smoothness) {

    public static final LossParts ZERO = new LossParts(0, 0, 0, 0);

    /** @param terms total, similarity, segmentation, smoothness */
    static LossParts of(float[] terms) {
        return new LossParts(terms[0], terms[1], terms[2], terms[3]);
    }

    public LossParts plus(LossParts o) {
        return new LossParts(total + o.total, similarity + o.similarity, segmentation + o.segmentation,
                smoothness + o.smoothness);
    }

    public LossParts dividedBy(double n) {
        return new LossParts(total / n, similarity / n, segmentation / n, smoothness / n);
    }

    /** Short, for the progress bar. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "loss %.4f: NLCC %.4f, Dice %.4f, smoothness %.4f", total, -similarity,
                1 - segmentation, smoothness);
    }
}
