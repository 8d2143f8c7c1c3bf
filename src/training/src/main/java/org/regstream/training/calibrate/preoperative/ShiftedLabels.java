package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;

/** Labels lie 3 to 6 voxels beside the structures. */
public record ShiftedLabels() implements Failure {

    @Override
    public String kind() {
        return "labels shifted";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        LabelMap given = pair.moving().labels();
        Grid g = given.grid();
        double by = 3 + 3 * severity;
        double[] u = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double length = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        int dk = (int) Math.rint(by * u[0] / length);
        int dj = (int) Math.rint(by * u[1] / length);
        int di = (int) Math.rint(by * u[2] / length);
        byte[] out = new byte[g.size()];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    int a = k + dk;
                    int b = j + dj;
                    int c = i + di;
                    boolean lies = a >= 0 && b >= 0 && c >= 0 && a < g.depth() && b < g.height() && c < g.width();
                    out[x] = lies ? given.labels()[g.offset(a, b, c)] : 0;
                }
            }
        }
        return pair.withGiven(LabelMap.takeOwnershipOf(g, out));
    }
}
