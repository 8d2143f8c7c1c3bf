package org.regstream.core.model;

/**
 * Limits of a structure that the package does not know: it is carried like any other, but has no outline of the network to be
 * held against.
 *
 * @param meanEntropyNats  as of {@link AlertThresholds}, positive
 * @param dicePredictor    weighs no feature that needs the network's outline of the structure
 * @param minPredictedDice smallest predicted Dice that does not alert, [0, 1]
 */
public record GenericLimits(double meanEntropyNats, DicePredictor dicePredictor, double minPredictedDice) {

    public GenericLimits {
        AlertThresholds.requireEntropy("any other structure", meanEntropyNats);
        AlertThresholds.requireShare("minPredictedDice of any other structure", minPredictedDice);
        for (String feature : ReliabilityFeatures.OF_KNOWN_STRUCTURES) {
            if (dicePredictor.ranges().containsKey(feature)) {
                throw new IllegalArgumentException("the generic predictor must not look at " + feature
                        + ", which only structures have that the package knows");
            }
        }
    }
}
