package org.regstream.training.patient;

import java.util.random.RandomGenerator;
import org.regstream.core.volume.LabelMap;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;

/** Of the structures, label 1 alone is given. */
record OnlyFirstLabel() implements Failure {

    @Override
    public String kind() {
        return "label 1 alone";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        LabelMap all = pair.moving().labels();
        byte[] first = all.labels().clone();
        for (int x = 0; x < first.length; x++) {
            first[x] = first[x] == 1 ? first[x] : 0;
        }
        return pair.withGiven(LabelMap.takeOwnershipOf(all.grid(), first));
    }
}
