package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;

/** Spoils a pair as it can happen before a registration, on the live or on the pre-operative side. Depends on its arguments alone. */
public interface Failure {

    /** Names it in reports. */
    String kind();

    /**
     * @param pair     as it should be. Not modified.
     * @param severity (0, 1]
     * @param random   for what is not severity, such as a direction
     * @return the pair as it arrives, and its truth; intensities are not mapped anew
     */
    Arrival spoil(Arrival pair, double severity, RandomGenerator random);
}
