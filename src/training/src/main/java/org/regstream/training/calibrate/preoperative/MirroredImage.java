package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.calibrate.failure.Mirror;
import org.regstream.training.data.Sample;

/** Left and right of the pre-operative image are exchanged, the labels lie right. */
public record MirroredImage() implements Failure {

    @Override
    public String kind() {
        return "mirrored image";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Sample moving = pair.moving();
        return pair.withMoving(Mirror.of(moving.image()), moving.labels(),
                Mirror.of(moving.inside(), moving.image().grid()));
    }
}
