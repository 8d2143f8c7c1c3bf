package org.regstream.training.calibrate.failure;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.regstream.training.data.Sample;

/** The live image arrives with left and right exchanged, and its anatomy with it. */
public record MirroredLiveImage() implements Failure {

    @Override
    public String kind() {
        return "mirrored live image";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Sample f = pair.fixed();
        return new Arrival(
                new Sample(f.name(), Mirror.of(f.image()), Mirror.of(f.labels()),
                        Mirror.of(f.inside(), f.image().grid())),
                pair.moving(), Mirror.of(pair.known(), f.image().grid()), Optional.empty());
    }
}
