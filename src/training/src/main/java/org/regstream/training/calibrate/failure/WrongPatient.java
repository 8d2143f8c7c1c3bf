package org.regstream.training.calibrate.failure;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;

/**
 * The pre-operative image is of somebody who looks unlike the patient.
 *
 * @param ranked fixed image's name to other images, most similar first; severity goes from the middle to the least similar
 */
public record WrongPatient(Map<String, List<Sample>> ranked) implements Failure {

    @Override
    public String kind() {
        return "wrong patient";
    }

    @Override
    public Pairing spoil(Pairing pair, double severity, RandomGenerator random) {
        List<Sample> others = ranked.get(pair.fixed().name());
        return new Pairing(pair.fixed(), others.get((int) Math.round((others.size() - 1) * (1 + severity) / 2)));
    }
}
