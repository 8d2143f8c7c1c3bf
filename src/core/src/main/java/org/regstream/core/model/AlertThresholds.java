package org.regstream.core.model;

import java.util.Map;

/**
 * Limits fitted on validation data; they travel with the network, and their version is part of each alert.
 *
 * @param version          names this set of limits
 * @param foldingFraction  alert above this share of voxels with Jacobian determinant at or below 0, in [0, 1]
 * @param meanEntropyNats  structure name to the mean label entropy inside the warped structure, nats, above which to alert
 * @param dicePredictors   structure name to what predicts its Dice; empty for a package that was not calibrated
 * @param minPredictedDice structure name to the smallest predicted Dice that does not alert, [0, 1]; the same structures
 * @param basis            one sentence: what data and what rule the limits come from
 */
public record AlertThresholds(String version, double foldingFraction, Map<String, Double> meanEntropyNats,
        Map<String, DicePredictor> dicePredictors, Map<String, Double> minPredictedDice, String basis) {

    public AlertThresholds {
        meanEntropyNats = Map.copyOf(meanEntropyNats);
        dicePredictors = Map.copyOf(dicePredictors);
        minPredictedDice = Map.copyOf(minPredictedDice);
        requireShare("foldingFraction", foldingFraction);
        meanEntropyNats.forEach((structure, nats) -> {
            if (!(nats > 0)) {
                throw new IllegalArgumentException(
                        "entropy limit of " + structure + " must be positive nats, got " + nats);
            }
        });
        minPredictedDice.forEach((structure, dice) -> requireShare("minPredictedDice of " + structure, dice));
        if (!dicePredictors.keySet().equals(minPredictedDice.keySet())) {
            throw new IllegalArgumentException("dicePredictors and minPredictedDice must name the same structures, got "
                    + dicePredictors.keySet() + " and " + minPredictedDice.keySet());
        }
    }

    /** Limits of a package that was not calibrated: no Dice is predicted. */
    public AlertThresholds(String version, double foldingFraction, Map<String, Double> meanEntropyNats,
            String basis) {
        this(version, foldingFraction, meanEntropyNats, Map.of(), Map.of(), basis);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must lie in [0, 1], got " + value);
        }
    }
}
