package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.core.volume.LabelMap;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;

/** Labels 1 and 2 are exchanged. They are carried rightly or not like any other, and name the wrong structures. */
public record SwappedLabels() implements Failure {

    @Override
    public String kind() {
        return "labels swapped";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        return pair.withTruth(swapped(pair.fixed().labels())).withMoving(pair.moving().image(),
                swapped(pair.moving().labels()), pair.moving().inside());
    }

    private static LabelMap swapped(LabelMap labels) {
        byte[] out = labels.labels().clone();
        for (int x = 0; x < out.length; x++) {
            out[x] = out[x] == 1 ? 2 : out[x] == 2 ? 1 : out[x];
        }
        return LabelMap.takeOwnershipOf(labels.grid(), out);
    }
}
