package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.data.Middles;

/**
 * Balls near the structures are given as labels: what a surgeon marks need not be anatomy.
 *
 * @param kind   its name
 * @param count  of balls, labelled from 1
 * @param radius voxels
 */
public record Balls(String kind, int count, double radius) implements Failure {

    private static final double NEAR_VOXELS = 8;

    public static Balls two() {
        return new Balls("two balls for labels", 2, 5);
    }

    /** 4 mm across. */
    public static Balls target() {
        return new Balls("target for a label", 1, 2);
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Grid g = pair.moving().labels().grid();
        double[] middle = Middles.of(pair.moving().labels());
        byte[] out = new byte[g.size()];
        for (int label = 1; label <= count; label++) {
            double[] centre = middle.clone();
            for (int axis = 0; axis < 3; axis++) {
                centre[axis] += NEAR_VOXELS * (2 * random.nextDouble() - 1);
            }
            paint(out, g, centre, label);
        }
        return pair.withGiven(LabelMap.takeOwnershipOf(g, out));
    }

    private void paint(byte[] out, Grid g, double[] c, int label) {
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    double d = (k - c[0]) * (k - c[0]) + (j - c[1]) * (j - c[1]) + (i - c[2]) * (i - c[2]);
                    if (d <= radius * radius) {
                        out[x] = (byte) label;
                    }
                }
            }
        }
    }
}
