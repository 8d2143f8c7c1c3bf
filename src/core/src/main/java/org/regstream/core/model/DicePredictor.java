package org.regstream.core.model;

import java.util.Map;

/**
 * What Dice to expect of a warped structure, told without the true labels:
 *
 * <pre>
 * Dice = 1 / (1 + exp(-(intercept + sum_f weight_f feature_f)))
 * </pre>
 *
 * @param intercept of the linear part
 * @param weights   of the linear part, by the names of {@link ReliabilityFeatures#NAMES}; a feature without one does not count
 */
public record DicePredictor(double intercept, Map<String, Double> weights) {

    public DicePredictor {
        weights = Map.copyOf(weights);
        requireFinite("intercept", intercept);
        weights.forEach((name, weight) -> {
            requireFinite("weight of " + name, weight);
            if (!ReliabilityFeatures.NAMES.contains(name)) {
                throw new IllegalArgumentException("no feature is called " + name + "; there are "
                        + ReliabilityFeatures.NAMES + "; calibrate the package with this version");
            }
        });
    }

    /** @return predicted Dice, (0, 1) */
    public double predict(ReliabilityFeatures features) {
        double sum = intercept;
        for (Map.Entry<String, Double> f : features.byName().entrySet()) {
            sum += weights.getOrDefault(f.getKey(), 0.0) * f.getValue();
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " must be finite, got " + value);
        }
    }
}
