package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;

/**
 * Noise drowns the live image: from {@value #LEAST} of what a voxel shows at severity 0 to all of it at severity 1. The anatomy stays
 * where it is.
 */
public record NoiseFlood() implements Failure {

    private static final double LEAST = 0.3;
    private static final double DEVIATION = 0.4;

    @Override
    public String kind() {
        return "noise flood";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        float[] values = pair.fixed().image().values().clone();
        double weight = LEAST + severity * (1 - LEAST);
        for (int x = 0; x < values.length; x++) {
            values[x] = (float) Math.abs((1 - weight) * values[x] + weight * DEVIATION * random.nextGaussian());
        }
        return Alteration.image(pair, Alteration.inside(pair.fixed(), values));
    }
}
