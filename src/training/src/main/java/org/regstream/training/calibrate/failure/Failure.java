package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.training.evaluate.Pairing;

/** Spoils a pair as it can happen before a live volume arrives. Depends on its arguments alone. */
public interface Failure {

    /** Names it in reports. */
    String kind();

    /**
     * @param pair     as it should be. Not modified.
     * @param severity (0, 1]
     * @param random   for what is not severity, such as a direction
     * @return the pair as it arrives; the fixed image's labels are where its anatomy now is. Intensities are not mapped anew.
     */
    Pairing spoil(Pairing pair, double severity, RandomGenerator random);
}
