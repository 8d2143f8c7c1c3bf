package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;

/**
 * Another sequence was run: intensities v become |v - severity|. What was bright is dark at severity 1; in between, dark and
 * bright tissue look alike. The anatomy stays where it is.
 */
public record InvertedContrast() implements Failure {

    @Override
    public String kind() {
        return "inverted contrast";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        float[] values = pair.fixed().image().values().clone();
        for (int x = 0; x < values.length; x++) {
            values[x] = (float) Math.abs(values[x] - severity);
        }
        return Alteration.image(pair, Alteration.inside(pair.fixed(), values));
    }
}
