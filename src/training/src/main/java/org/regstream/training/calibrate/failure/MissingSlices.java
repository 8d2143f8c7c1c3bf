package org.regstream.training.calibrate.failure;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;

/**
 * Slices went missing on the way, up to {@value #MAX_SHARE} of them, and were made up: half of the times by black ones, else by
 * the last slice before them. The anatomy stays where it is.
 */
public record MissingSlices() implements Failure {

    private static final double MAX_SHARE = 0.8;

    @Override
    public String kind() {
        return "missing slices";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Grid g = pair.fixed().image().grid();
        float[] values = pair.fixed().image().values().clone();
        boolean black = random.nextBoolean();
        int slice = g.height() * g.width();
        for (int k = 1; k < g.depth(); k++) {
            if (random.nextDouble() < severity * MAX_SHARE) {
                if (black) {
                    Arrays.fill(values, k * slice, (k + 1) * slice, 0);
                } else {
                    System.arraycopy(values, (k - 1) * slice, values, k * slice, slice);
                }
            }
        }
        return Alteration.image(pair, Alteration.inside(pair.fixed(), values));
    }
}
