package org.regstream.core.uncertainty;

/**
 * A share that was counted, with Wilson's 95 % interval: it stays inside [0, 1] and has a width even where the share is 0 or 1.
 *
 * @param hits   counted
 * @param trials out of so many
 * @param value  hits / trials; NaN without trials
 * @param low    lower end of the interval; 0 without trials
 * @param high   upper end of the interval; 1 without trials
 */
public record Rate(int hits, int trials, double value, double low, double high) {

    /** Standard normal quantile of 97.5 %. */
    static final double Z = 1.959963984540054;

    /** @param hits 0 to {@code trials} */
    public static Rate of(int hits, int trials) {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException("hits must be 0 to trials, got " + hits + " of " + trials);
        }
        if (trials == 0) {
            return new Rate(0, 0, Double.NaN, 0, 1);
        }
        double p = (double) hits / trials;
        double scale = 1 + Z * Z / trials;
        double middle = (p + Z * Z / (2 * trials)) / scale;
        double half = Z * Math.sqrt(p * (1 - p) / trials + Z * Z / (4.0 * trials * trials)) / scale;
        return new Rate(hits, trials, p, hits == 0 ? 0 : middle - half, hits == trials ? 1 : middle + half);
    }
}
