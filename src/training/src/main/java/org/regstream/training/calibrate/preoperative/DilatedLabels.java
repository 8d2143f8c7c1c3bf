package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.Morphology;
import org.regstream.core.volume.LabelMap;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;

/** Labels reach 2 voxels farther than the structures; where two meet, the lower one wins. */
public record DilatedLabels() implements Failure {

    @Override
    public String kind() {
        return "labels dilated";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        LabelMap given = pair.moving().labels();
        Grid g = given.grid();
        byte[] out = given.labels().clone();
        for (int label = 1; label <= given.maxLabel(); label++) {
            boolean[] larger = Morphology.dilate(Morphology.dilate(Morphology.mask(given, label), g), g);
            for (int x = 0; x < out.length; x++) {
                out[x] = (byte) (out[x] == 0 && larger[x] ? label : out[x]);
            }
        }
        return pair.withGiven(LabelMap.takeOwnershipOf(g, out));
    }
}
