package org.regstream.demo;

import java.util.Arrays;
import java.util.Locale;

/**
 * What is said of a set of durations, ms.
 *
 * @param count   how many
 * @param p50     median; percentiles are linear between order statistics, as numpy's default
 * @param p95     95th percentile
 * @param p99     99th percentile
 * @param longest the longest
 */
record Percentiles(int count, double p50, double p95, double p99, double longest) {

    /** @param millis at least one, finite. Not modified. */
    static Percentiles of(double[] millis) {
        if (millis.length == 0) {
            throw new IllegalArgumentException("percentiles need at least one duration, got none");
        }
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted.length, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99),
                sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %7.1f ms   p95 %7.1f ms   p99 %7.1f ms   longest %7.1f ms", p50, p95,
                p99, longest);
    }
}
