package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.calibrate.failure.Mirror;
import org.regstream.training.data.Sample;

/** Left and right of the whole pre-operative side are exchanged, as by a wrong header. */
public record MirroredSide() implements Failure {

    @Override
    public String kind() {
        return "mirrored image and labels";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Sample moving = pair.moving();
        return pair.withMoving(new Sample(moving.name(), Mirror.of(moving.image()), Mirror.of(moving.labels()),
                Mirror.of(moving.inside(), moving.image().grid())));
    }
}
