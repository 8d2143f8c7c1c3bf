package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.core.volume.Volume;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.calibrate.failure.OtherContrast;
import org.regstream.training.data.Sample;
import org.regstream.training.data.scan.IntensityMap;

/** The pre-operative image is of another contrast, drawn as in training; the labels are right. */
public record OtherContrastBefore() implements Failure {

    @Override
    public String kind() {
        return "another contrast before";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Sample moving = pair.moving();
        return pair.withMoving(
                Volume.takeOwnershipOf(moving.image().grid(),
                        OtherContrast.mapped(moving.image().values(), IntensityMap.contrast(random))),
                moving.labels(), moving.inside());
    }
}
