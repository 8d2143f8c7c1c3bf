package org.regstream.core.uncertainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many bad cases an alert finds, and how many good ones it cries wolf for, at every limit. A case alerts where its score
 * is at or above the limit.
 *
 * @param points by falling limit: from none that alert (limit infinity) to all
 */
public record Roc(List<Point> points) {

    /**
     * One limit.
     *
     * @param limit       a score of a case: cases at or above it alert
     * @param sensitivity bad cases that alert
     * @param falseAlerts good cases that alert
     */
    public record Point(double limit, Rate sensitivity, Rate falseAlerts) {}

    public Roc {
        points = List.copyOf(points);
    }

    /**
     * @param score of each case, higher is worse, not NaN. Not modified.
     * @param bad   whether the case should alert. Not modified.
     */
    public static Roc of(double[] score, boolean[] bad) {
        Auroc.requireScores(score, bad);
        int[] order = IntStream.range(0, score.length).boxed()
                .sorted(Comparator.comparingDouble(at -> -score[at])).mapToInt(Integer::intValue).toArray();
        int allBad = (int) IntStream.range(0, bad.length).filter(at -> bad[at]).count();
        List<Point> points = new ArrayList<>();
        points.add(point(Double.POSITIVE_INFINITY, 0, allBad, 0, bad.length));
        int found = 0;
        for (int n = 0; n < order.length; n++) {
            found += bad[order[n]] ? 1 : 0;
            if (n + 1 == order.length || score[order[n + 1]] != score[order[n]]) {
                points.add(point(score[order[n]], found, allBad, n + 1 - found, bad.length));
            }
        }
        return new Roc(points);
    }

    private static Point point(double limit, int found, int allBad, int falseAlerts, int cases) {
        return new Point(limit, Rate.of(found, allBad), Rate.of(falseAlerts, cases - allBad));
    }

    /**
     * @param allowed in [0, 1]
     * @return the point with at most this false-alert rate that has the highest sensitivity: the lowest such limit
     * @throws IllegalArgumentException if there is no good case
     */
    public Point atFalseAlertRate(double allowed) {
        return points.stream().filter(p -> p.falseAlerts.value() <= allowed).reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a false-alert rate of " + allowed + " needs at least one good case"));
    }
}
