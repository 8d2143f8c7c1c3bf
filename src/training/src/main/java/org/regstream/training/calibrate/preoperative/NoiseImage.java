package org.regstream.training.calibrate.preoperative;

import java.util.random.RandomGenerator;
import org.regstream.core.volume.Volume;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.data.Sample;

/** Noise stands where the pre-operative image should; the labels are right. */
public record NoiseImage() implements Failure {

    @Override
    public String kind() {
        return "noise for an image";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Sample moving = pair.moving();
        float[] values = new float[moving.inside().length];
        for (int x = 0; x < values.length; x++) {
            values[x] = moving.inside()[x] ? (float) random.nextDouble() : 0;
        }
        return pair.withMoving(Volume.takeOwnershipOf(moving.image().grid(), values), moving.labels(),
                moving.inside());
    }
}
