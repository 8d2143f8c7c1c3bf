package org.regstream.training.data.scan;

import java.util.SplittableRandom;

/** Normally distributed numbers in quantity: sums of four uniform ones, which is near enough for noise and much faster. */
final class Noise {

    /** A sum of four uniform numbers has variance 4 / 12. */
    private static final double SCALE = Math.sqrt(3);

    private final SplittableRandom random;

    Noise(long seed) {
        random = new SplittableRandom(seed);
    }

    double uniform() {
        return random.nextDouble();
    }

    double gaussian() {
        long bits = random.nextLong();
        double sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum / 65536 - 2) * SCALE;
    }
}
