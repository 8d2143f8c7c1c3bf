package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.data.Sample;

/** The pre-operative image shows nothing: one intensity everywhere. The labels are right. */
public record ConstantImage() implements Failure {

    @Override
    public String kind() {
        return "constant image";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Sample moving = pair.moving();
        Grid g = moving.image().grid();
        return pair.withMoving(Volume.takeOwnershipOf(g, new float[g.size()]), moving.labels(), moving.inside());
    }
}
