package org.regstream.training.data.scan;

import java.util.random.RandomGenerator;

/**
 * A map of intensities [0, 1], linear between knots.
 *
 * @param knots values at 0, 1/32, ..., 1. Not to be modified.
 */
public record IntensityMap(float[] knots) {

    /** How many knots a map has. */
    public static final int KNOTS = 33;
    private static final int SEGMENTS = KNOTS - 1;

    /** Of a contrast; each holds a whole number of segments. */
    private static final int PIECES = 8;

    /** Least share of a rising contrast's piece, so that no two tissues become one. */
    private static final double LEAST_RISE = 0.25;

    public IntensityMap {
        if (knots.length != KNOTS) {
            throw new IllegalArgumentException("a map has " + KNOTS + " knots, got " + knots.length);
        }
    }

    public static IntensityMap identity() {
        float[] knots = new float[KNOTS];
        for (int x = 0; x < KNOTS; x++) {
            knots[x] = (float) x / SEGMENTS;
        }
        return new IntensityMap(knots);
    }

    /**
     * Another modality's contrast onto [0, 1]: rising, falling, or, for half of the draws, neither, so that tissues may
     * also exchange places or become alike.
     */
    public static IntensityMap contrast(RandomGenerator random) {
        boolean monotone = random.nextBoolean();
        double[] at = monotone ? rising(random) : anywhere(random);
        boolean inverted = random.nextBoolean();
        double low = at[0];
        double high = at[0];
        for (double value : at) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        float[] knots = new float[KNOTS];
        for (int x = 0; x < KNOTS; x++) {
            double stretched = (between(at, (double) x * PIECES / SEGMENTS) - low) / (high - low);
            knots[x] = (float) (inverted ? 1 - stretched : stretched);
        }
        return new IntensityMap(knots);
    }

    private static double[] rising(RandomGenerator random) {
        double[] at = new double[PIECES + 1];
        for (int x = 1; x <= PIECES; x++) {
            at[x] = at[x - 1] + LEAST_RISE + (1 - LEAST_RISE) * random.nextDouble();
        }
        return at;
    }

    private static double[] anywhere(RandomGenerator random) {
        double[] at = new double[PIECES + 1];
        for (int x = 0; x <= PIECES; x++) {
            at[x] = random.nextDouble();
        }
        return at;
    }

    private static double between(double[] at, double where) {
        int below = Math.min((int) where, at.length - 2);
        return at[below] + (where - below) * (at[below + 1] - at[below]);
    }

    /** {@code gain * map(v) ^ exponent}, at the knots. */
    public IntensityMap then(double gain, double exponent) {
        float[] changed = new float[KNOTS];
        for (int x = 0; x < KNOTS; x++) {
            changed[x] = (float) (gain * Math.pow(knots[x], exponent));
        }
        return new IntensityMap(changed);
    }

    /** @param value in [0, 1]; beyond, the outer segments go on */
    public float at(float value) {
        float where = value * SEGMENTS;
        int below = Math.max(0, Math.min((int) where, SEGMENTS - 1));
        return knots[below] + (where - below) * (knots[below + 1] - knots[below]);
    }
}
