package org.regstream.training.calibrate.fit;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Offsets of an interval from what predictions were off by on patients held out (split conformal): a new case of the same kind
 * lies below its interval in {@value #TAIL} of the cases, and above in as many, whatever the distribution.
 *
 * @param lower what z may be too high by, at least 0
 * @param upper what z may be too low by, at least 0
 */
record Conformal(double lower, double upper) {

    /** On either side, so that 90 % are covered. */
    static final double TAIL = 0.05;

    /** A Dice nearer to 0 or 1 counts as this near: its logit would be infinite. */
    private static final double EDGE = 1e-3;

    /**
     * @param residuals logit of the true Dice less the predicted one, of patients held out. Not modified.
     * @param counts    how much each counts, mean 1. Not modified.
     */
    static Conformal of(double[] residuals, double[] counts) {
        double[] turned = Arrays.stream(residuals).map(r -> -r).toArray();
        return new Conformal(Math.max(0, quantile(turned, counts)), Math.max(0, quantile(residuals, counts)));
    }

    static double logit(double dice) {
        double d = clipped(dice);
        return Math.log(d / (1 - d));
    }

    static double clipped(double dice) {
        return Math.max(EDGE, Math.min(1 - EDGE, dice));
    }

    /** The smallest value that 1 - TAIL of n + 1 cases do not exceed, the last of which is new and counts against it. */
    private static double quantile(double[] values, double[] counts) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, n -> n);
        Arrays.sort(order, Comparator.comparingDouble(n -> values[n]));
        double wanted = (1 - TAIL) * (Arrays.stream(counts).sum() + 1);
        double sum = 0;
        for (int n : order) {
            sum += counts[n];
            if (sum >= wanted - 1e-9) {
                return values[n];
            }
        }
        return values[order[order.length - 1]];
    }
}
