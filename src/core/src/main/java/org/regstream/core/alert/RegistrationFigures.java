package org.regstream.core.alert;

import java.time.Instant;
import java.util.Map;

/**
 * What the alerts need to know of one valid registration.
 *
 * @param volumeId        of the live volume
 * @param acquiredAt      of the live volume; its age counts from here
 * @param foldingFraction share of voxels with Jacobian determinant at or below 0, in [0, 1]
 * @param meanEntropyNats structure name to the mean label entropy inside the warped structure, nats; without the structures
 *                        that have no voxel in the live volume
 * @param predictedDice   structure name to the Dice to expect of it, in [0, 1]; without the structures that none is
 *                        predicted for
 */
public record RegistrationFigures(String volumeId, Instant acquiredAt, double foldingFraction,
        Map<String, Double> meanEntropyNats, Map<String, Double> predictedDice) {

    public RegistrationFigures {
        meanEntropyNats = Map.copyOf(meanEntropyNats);
        predictedDice = Map.copyOf(predictedDice);
        if (!(foldingFraction >= 0 && foldingFraction <= 1)) {
            throw new IllegalArgumentException("foldingFraction must lie in [0, 1], got " + foldingFraction);
        }
        meanEntropyNats.forEach((structure, nats) -> {
            if (!(nats >= 0) || nats.isInfinite()) {
                throw new IllegalArgumentException(
                        "entropy of " + structure + " must be finite nats of at least 0, got " + nats);
            }
        });
        predictedDice.forEach((structure, dice) -> {
            if (!(dice >= 0 && dice <= 1)) {
                throw new IllegalArgumentException(
                        "predicted Dice of " + structure + " must lie in [0, 1], got " + dice);
            }
        });
    }

    /** Of a registration for which no Dice is predicted. */
    public RegistrationFigures(String volumeId, Instant acquiredAt, double foldingFraction,
            Map<String, Double> meanEntropyNats) {
        this(volumeId, acquiredAt, foldingFraction, meanEntropyNats, Map.of());
    }
}
