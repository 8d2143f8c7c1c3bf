package org.regstream.core.quality;

import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Shapes;

/**
 * Overlap of two label maps: {@code Dice = 2 |A ∩ B| / (|A| + |B|)}, in [0, 1], higher is better. A label that neither map
 * uses has no Dice: NaN, and is left out of means. A label that only one map uses has Dice 0.
 */
public final class Dice {

    private Dice() {}

    /**
     * @param a        labels, [D, H, W]. Not modified.
     * @param b        labels on the same grid. Not modified.
     * @param channels number of labels, background included; higher labels are ignored
     * @return Dice of the labels 0 (background) to {@code channels} - 1, as a new array
     */
    public static double[] perLabel(LabelMap a, LabelMap b, int channels) {
        Shapes.requireSameGrid("label maps", a.grid(), b.grid());
        long[] sizes = new long[256];
        long[] shared = new long[256];
        byte[] la = a.labels();
        byte[] lb = b.labels();
        for (int x = 0; x < la.length; x++) {
            sizes[la[x] & 0xff]++;
            sizes[lb[x] & 0xff]++;
            if (la[x] == lb[x]) {
                shared[la[x] & 0xff]++;
            }
        }
        double[] dice = new double[channels];
        for (int label = 0; label < channels; label++) {
            dice[label] = 2.0 * shared[label] / sizes[label];
        }
        return dice;
    }

    /** Mean over the labels from 1 that at least one map uses; NaN if there is none. */
    public static double meanForeground(double[] perLabel) {
        return meanFrom(1, perLabel);
    }

    /** Mean over all labels that at least one map uses, background included: the flattering way to count. */
    public static double meanWithBackground(double[] perLabel) {
        return meanFrom(0, perLabel);
    }

    /** As {@link #meanForeground(double[])} of {@link #perLabel}. */
    public static double meanForeground(LabelMap a, LabelMap b, int channels) {
        return meanForeground(perLabel(a, b, channels));
    }

    private static double meanFrom(int first, double[] perLabel) {
        double sum = 0;
        int n = 0;
        for (int label = first; label < perLabel.length; label++) {
            if (!Double.isNaN(perLabel[label])) {
                sum += perLabel[label];
                n++;
            }
        }
        return sum / n;
    }
}
