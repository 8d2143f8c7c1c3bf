package org.regstream.training.evaluate.table;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A figure over cases.
 *
 * @param mean  NaN without a case
 * @param sd    n - 1; 0 for a single case; NaN where a figure is infinite
 * @param cases that have the figure
 */
public record Statistic(double mean, double sd, int cases) {

    /** @param figures one a case; those that are not numbers are left out */
    static Statistic of(DoubleStream figures) {
        double[] known = figures.filter(x -> !Double.isNaN(x)).toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double squares = Arrays.stream(known).map(x -> (x - mean) * (x - mean)).sum();
        return new Statistic(mean, known.length == 1 ? 0 : Math.sqrt(squares / (known.length - 1)), known.length);
    }
}
