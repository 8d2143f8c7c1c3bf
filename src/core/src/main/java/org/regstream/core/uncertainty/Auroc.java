package org.regstream.core.uncertainty;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Area under the ROC curve: the probability that a bad case scores higher than a good one, ties counted half (Mann-Whitney),
 * with a 95 % interval.
 *
 * <p>The interval is DeLong's on the logit scale, so that it stays inside [0, 1], with Obuchowski's sum over clusters where
 * several cases come of one patient: such cases are alike, and counting them as independent would make the interval too
 * narrow. It is a formula: no seed, no repetition, the same on every machine. Where all pairs are in order (or all tied) the
 * formula has no width; then the interval is Wilson's of the wins in as many trials as there are disjoint pairs of clusters.
 *
 * @param value  NaN if there is no bad or no good case
 * @param low    lower end; 0 where nothing is known
 * @param high   upper end; 1 where nothing is known
 * @param bad    cases
 * @param good   cases
 */
public record Auroc(double value, double low, double high, int bad, int good) {

    /**
     * @param score   of each case, higher is worse, not NaN. Not modified.
     * @param bad     whether the case is one that the score should rank high. Not modified.
     * @param cluster names the patient of each case; where all differ, the interval is DeLong's. Not modified.
     */
    public static Auroc of(double[] score, boolean[] bad, int[] cluster) {
        requireScores(score, bad);
        int m = (int) IntStream.range(0, bad.length).filter(at -> bad[at]).count();
        int n = bad.length - m;
        if (m == 0 || n == 0) {
            return new Auroc(Double.NaN, 0, 1, m, n);
        }
        double[] wins = wins(score, bad);
        double value = IntStream.range(0, bad.length).filter(at -> bad[at]).mapToDouble(at -> wins[at]).sum() / m / n;
        Clusters clusters = Clusters.of(wins, bad, cluster, value, m, n);
        return clusters.variance() > 0
                ? logit(value, Math.sqrt(clusters.variance()), m, n)
                : degenerate(value, clusters.pairs(), m, n);
    }

    /** @throws IllegalArgumentException if a score is missing or not a number */
    static void requireScores(double[] score, boolean[] bad) {
        if (score.length != bad.length) {
            throw new IllegalArgumentException(
                    "each case needs a score and a verdict, got " + score.length + " and " + bad.length);
        }
        if (IntStream.range(0, score.length).anyMatch(at -> Double.isNaN(score[at]))) {
            throw new IllegalArgumentException("scores must be numbers, got NaN; leave the case out and count it");
        }
    }

    /** For each case, how many of the other kind it is in the right order with. */
    private static double[] wins(double[] score, boolean[] bad) {
        double[] wins = new double[score.length];
        for (int a = 0; a < score.length; a++) {
            for (int b = 0; b < score.length; b++) {
                if (bad[a] && !bad[b]) {
                    double win = score[a] > score[b] ? 1 : score[a] == score[b] ? 0.5 : 0;
                    wins[a] += win;
                    wins[b] += win;
                }
            }
        }
        return wins;
    }

    private static Auroc logit(double value, double sd, int m, int n) {
        if (Double.isInfinite(sd)) {
            return new Auroc(value, 0, 1, m, n);
        }
        double half = Rate.Z * sd / (value * (1 - value));
        double middle = Math.log(value / (1 - value));
        return new Auroc(value, expit(middle - half), expit(middle + half), m, n);
    }

    private static double expit(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static Auroc degenerate(double value, int pairs, int m, int n) {
        Rate wins = Rate.of((int) Math.round(value * pairs), pairs);
        return new Auroc(value, wins.low(), wins.high(), m, n);
    }

    /** What each patient's bad and good cases contribute, off the mean. */
    private record Clusters(Map<Integer, double[]> bad, Map<Integer, double[]> good, int m, int n) {

        static Clusters of(double[] wins, boolean[] isBad, int[] cluster, double value, int m, int n) {
            Clusters clusters = new Clusters(new HashMap<>(), new HashMap<>(), m, n);
            for (int at = 0; at < wins.length; at++) {
                double off = wins[at] / (isBad[at] ? n : m) - value;
                (isBad[at] ? clusters.bad : clusters.good).computeIfAbsent(cluster[at], c -> new double[1])[0] += off;
            }
            return clusters;
        }

        /** Obuchowski 1997; DeLong where each cluster has one case. Infinite where a kind comes of one patient alone. */
        double variance() {
            if (pairs() < 2) {
                return Double.POSITIVE_INFINITY;
            }
            Set<Integer> all = new HashSet<>(bad.keySet());
            all.addAll(good.keySet());
            double both = bad.keySet().stream().filter(good::containsKey)
                    .mapToDouble(c -> bad.get(c)[0] * good.get(c)[0]).sum();
            return squares(bad) / m / m + squares(good) / n / n
                    + 2 * both * all.size() / (all.size() - 1) / m / n;
        }

        private static double squares(Map<Integer, double[]> offs) {
            double sum = offs.values().stream().mapToDouble(off -> off[0] * off[0]).sum();
            return sum * offs.size() / (offs.size() - 1);
        }

        /** Disjoint pairs of a bad and a good patient, at most. */
        int pairs() {
            return Math.min(bad.size(), good.size());
        }
    }
}
