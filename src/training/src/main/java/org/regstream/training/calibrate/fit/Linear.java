package org.regstream.training.calibrate.fit;

import java.util.Map;
import java.util.TreeMap;

/**
 * The linear part of a predictor of Dice: Dice = 1 / (1 + exp(-z)), z = intercept + sum of weights times features.
 *
 * @param weights by feature, of the sign that the feature has
 */
record Linear(double intercept, Map<String, Double> weights) {

    Linear {
        weights = Map.copyOf(weights);
    }

    /** z. @param features by name */
    double at(Map<String, Double> features) {
        double z = intercept;
        for (Map.Entry<String, Double> w : new TreeMap<>(weights).entrySet()) {
            z += w.getValue() * features.get(w.getKey());
        }
        return z;
    }

    static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
