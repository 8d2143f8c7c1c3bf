package org.regstream.training.calibrate.failure;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.regstream.training.data.Sample;

/**
 * The whole pre-operative side, image and labels, is of somebody who looks unlike the patient. Two people may well be registered:
 * what counts is how well.
 *
 * @param ranked fixed image's name to other images, most similar first; severity goes from the middle to the least similar
 */
public record WrongPatient(Map<String, List<Sample>> ranked) implements Failure {

    @Override
    public String kind() {
        return "wrong patient";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        List<Sample> others = ranked.get(pair.fixed().name());
        Sample other = others.get((int) Math.round((others.size() - 1) * (1 + severity) / 2))
                .withGrid(pair.fixed().image().grid());
        return pair.withMoving(other);
    }
}
