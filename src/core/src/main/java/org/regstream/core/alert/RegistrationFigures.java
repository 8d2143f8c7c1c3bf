package org.regstream.core.alert;

import java.time.Instant;
import java.util.Map;
import org.regstream.core.model.Verdict.NotJudged;

/**
 * What the alerts need to know of one valid registration. Maps go by the structures' names.
 *
 * @param volumeId        of the live volume
 * @param acquiredAt      of the live volume; its age counts from here
 * @param foldingFraction share of voxels with Jacobian determinant at or below 0, in [0, 1]
 * @param meanEntropyNats mean label entropy inside the carried structure, nats; without the structures that have no voxel in
 *                        the live volume
 * @param predictedDice   Dice to expect, in [0, 1]; without the structures that none is predicted for
 * @param outlineDice     Dice of the carried structure and the network's own outline of it, in [0, 1]; without the structures
 *                        that the package does not know
 * @param notJudged       why no Dice could be predicted, of the structures that calibration saw nothing like
 * @param coverage        share of the structure that live volume and network's window cover, in [0, 1]; a structure without one is covered
 */
public record RegistrationFigures(String volumeId, Instant acquiredAt, double foldingFraction,
        Map<String, Double> meanEntropyNats, Map<String, Double> predictedDice, Map<String, Double> outlineDice,
        Map<String, NotJudged> notJudged, Map<String, Double> coverage) {

    public RegistrationFigures {
        meanEntropyNats = Map.copyOf(meanEntropyNats);
        predictedDice = Map.copyOf(predictedDice);
        outlineDice = Map.copyOf(outlineDice);
        notJudged = Map.copyOf(notJudged);
        coverage = Map.copyOf(coverage);
        requireShare("foldingFraction", foldingFraction);
        meanEntropyNats.forEach((structure, nats) -> {
            if (!(nats >= 0) || nats.isInfinite()) {
                throw new IllegalArgumentException(
                        "entropy of " + structure + " must be finite nats of at least 0, got " + nats);
            }
        });
        predictedDice.forEach((structure, dice) -> requireShare("predicted Dice of " + structure, dice));
        outlineDice.forEach((structure, dice) -> requireShare("outline Dice of " + structure, dice));
        coverage.forEach((structure, share) -> requireShare("coverage of " + structure, share));
    }

    /** Of a registration for which no Dice is predicted. */
    public RegistrationFigures(String volumeId, Instant acquiredAt, double foldingFraction,
            Map<String, Double> meanEntropyNats) {
        this(volumeId, acquiredAt, foldingFraction, meanEntropyNats, Map.of());
    }

    /** Of a registration whose structures are covered and have no outline of the network. */
    public RegistrationFigures(String volumeId, Instant acquiredAt, double foldingFraction,
            Map<String, Double> meanEntropyNats, Map<String, Double> predictedDice) {
        this(volumeId, acquiredAt, foldingFraction, meanEntropyNats, predictedDice, Map.of(), Map.of(), Map.of());
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must lie in [0, 1], got " + value);
        }
    }
}
