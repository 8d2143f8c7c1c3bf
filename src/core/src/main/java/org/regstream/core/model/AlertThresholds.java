package org.regstream.core.model;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Limits fitted on validation data; they travel with the network, and their version is part of each alert. A structure that
 * has none of its own goes by the generic ones; without those it is not judged.
 *
 * @param version          names this set of limits
 * @param foldingFraction  alert above this share of voxels with Jacobian determinant at or below 0, in [0, 1]
 * @param meanEntropyNats  structure name to the mean label entropy inside the carried structure, nats, above which to alert
 * @param dicePredictors   structure name to what predicts its Dice; empty for a package that was not calibrated
 * @param minPredictedDice structure name to the smallest predicted Dice that does not alert, [0, 1]; the same structures
 * @param minOutlineDice   structure name to the smallest Dice of carried labels and the network's outline that is not a
 *                         dispute, [0, 1]
 * @param generic          of structures that the package does not know; empty if it was not calibrated for any
 * @param errorScale       factor on the networks' expected errors that makes carried probabilities mean what they say; positive
 * @param basis            one sentence: what data and what rule the limits come from
 */
public record AlertThresholds(String version, double foldingFraction, Map<String, Double> meanEntropyNats,
        Map<String, DicePredictor> dicePredictors, Map<String, Double> minPredictedDice,
        Map<String, Double> minOutlineDice, Optional<GenericLimits> generic, double errorScale, String basis) {

    public AlertThresholds {
        meanEntropyNats = Map.copyOf(meanEntropyNats);
        dicePredictors = Map.copyOf(dicePredictors);
        minPredictedDice = Map.copyOf(minPredictedDice);
        minOutlineDice = Map.copyOf(minOutlineDice);
        requireShare("foldingFraction", foldingFraction);
        meanEntropyNats.forEach(AlertThresholds::requireEntropy);
        minPredictedDice.forEach((structure, dice) -> requireShare("minPredictedDice of " + structure, dice));
        minOutlineDice.forEach((structure, dice) -> requireShare("minOutlineDice of " + structure, dice));
        if (!dicePredictors.keySet().equals(minPredictedDice.keySet())) {
            throw new IllegalArgumentException("dicePredictors and minPredictedDice must name the same structures, got "
                    + dicePredictors.keySet() + " and " + minPredictedDice.keySet());
        }
        if (!(errorScale > 0) || errorScale > 100) {
            throw new IllegalArgumentException("errorScale must lie in (0, 100], got " + errorScale);
        }
    }

    /** Limits of a package that was not calibrated: no Dice is predicted, expected errors are taken as they are. */
    public AlertThresholds(String version, double foldingFraction, Map<String, Double> meanEntropyNats,
            String basis) {
        this(version, foldingFraction, meanEntropyNats, Map.of(), Map.of(), Map.of(), Optional.empty(), 1, basis);
    }

    /** @return of a structure by its name, else the generic one, if there is one */
    public Optional<DicePredictor> predictorOf(String structure) {
        return Optional.ofNullable(dicePredictors.get(structure)).or(() -> generic.map(GenericLimits::dicePredictor));
    }

    /** @return smallest predicted Dice that does not alert; empty where no Dice is predicted */
    public OptionalDouble minPredictedDiceOf(String structure) {
        return limit(minPredictedDice.get(structure), generic.map(GenericLimits::minPredictedDice));
    }

    /** @return mean label entropy above which to alert, nats; empty if nothing limits it */
    public OptionalDouble meanEntropyOf(String structure) {
        return limit(meanEntropyNats.get(structure), generic.map(GenericLimits::meanEntropyNats));
    }

    private static OptionalDouble limit(Double own, Optional<Double> generic) {
        return Optional.ofNullable(own).or(() -> generic).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    static void requireEntropy(String structure, double nats) {
        if (!(nats > 0)) {
            throw new IllegalArgumentException("entropy limit of " + structure + " must be positive nats, got " + nats);
        }
    }

    static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must lie in [0, 1], got " + value);
        }
    }
}
