package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;

/**
 * The patient moved while slices were taken in turn: ghosts along j lie over the image, up to {@value #MAX_WEIGHT} of the
 * signal in odd slices and half as much in even ones. The anatomy is where most of an even slice's signal comes from.
 */
public record Motion() implements Failure {

    private static final double MAX_WEIGHT = 0.9;
    private static final int MIN_VOXELS = 3;
    private static final int MAX_VOXELS = 9;

    @Override
    public String kind() {
        return "motion";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Grid g = pair.fixed().image().grid();
        float[] in = pair.fixed().image().values();
        float[] out = new float[in.length];
        int by = random.nextInt(MIN_VOXELS, MAX_VOXELS + 1);
        for (int k = 0, x = 0; k < g.depth(); k++) {
            double weight = severity * MAX_WEIGHT / (k % 2 == 1 ? 1 : 2);
            for (int j = 0; j < g.height(); j++) {
                int up = Math.min(g.height() - 1, j + by);
                int down = Math.max(0, j - by);
                for (int i = 0; i < g.width(); i++, x++) {
                    double ghost = (in[g.offset(k, up, i)] + in[g.offset(k, down, i)]) / 2;
                    out[x] = (float) ((1 - weight) * in[x] + weight * ghost);
                }
            }
        }
        return Alteration.image(pair, Alteration.inside(pair.fixed(), out));
    }
}
