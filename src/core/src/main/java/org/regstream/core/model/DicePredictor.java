package org.regstream.core.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * What Dice to expect of a carried structure, told without the true labels:
 *
 * <pre>
 * z = intercept + sum_f weight_f feature_f      Dice = 1 / (1 + exp(-z))
 * 90 % of the cases: from 1 / (1 + exp(-(z - lowerOffset))) to 1 / (1 + exp(-(z + upperOffset)))
 * </pre>
 *
 * Monotone: no weight has the sign that contradicts what its feature means. Where a feature lies outside the range that
 * calibration saw, nothing is predicted.
 *
 * @param intercept   of the linear part
 * @param weights     of the linear part, by the names of {@link ReliabilityFeatures#NAMES}, of the sign of
 *                    {@link ReliabilityFeatures#SIGNS}; a feature without one does not count
 * @param ranges      what calibration saw, by the same names; every weighted feature has one. A feature with a range and
 *                    without a weight is guarded all the same
 * @param lowerOffset of the interval, on the scale of z, at least 0: conformal quantile of what was below its prediction
 * @param upperOffset likewise, above
 */
public record DicePredictor(double intercept, Map<String, Double> weights, Map<String, Range> ranges,
        double lowerOffset, double upperOffset) {

    /**
     * Of the values of a feature, both ends inside.
     *
     * @param low  smallest
     * @param high largest, not below {@code low}
     */
    public record Range(double low, double high) {
        public Range {
            if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
                throw new IllegalArgumentException(
                        "a range goes from a finite low to a high not below it, got " + low + " to " + high);
            }
        }

        boolean contains(double value) {
            return value >= low && value <= high;
        }
    }

    public DicePredictor {
        weights = Map.copyOf(weights);
        ranges = Map.copyOf(ranges);
        requireFinite("intercept", intercept);
        requireOffset("lowerOffset", lowerOffset);
        requireOffset("upperOffset", upperOffset);
        ranges.keySet().forEach(DicePredictor::requireFeature);
        for (Map.Entry<String, Double> w : weights.entrySet()) {
            requireFeature(w.getKey());
            requireFinite("weight of " + w.getKey(), w.getValue());
            int sign = ReliabilityFeatures.SIGNS.get(w.getKey());
            if (w.getValue() * sign < 0) {
                throw new IllegalArgumentException("weight of " + w.getKey() + " must be "
                        + (sign > 0 ? "at least" : "at most") + " 0, got " + w.getValue()
                        + "; a predictor is monotone: leave the feature out");
            }
            if (!ranges.containsKey(w.getKey())) {
                throw new IllegalArgumentException(
                        w.getKey() + " has a weight but no range; give the range that calibration saw");
            }
        }
    }

    /** @return judged, or the first feature by name that lies outside its range or could not be measured */
    public Verdict predict(ReliabilityFeatures features) {
        Map<String, Double> values = features.byName();
        for (Map.Entry<String, Range> r : new TreeMap<>(ranges).entrySet()) {
            double value = values.getOrDefault(r.getKey(), Double.NaN);
            if (!r.getValue().contains(value)) {
                return new Verdict.NotJudged(r.getKey(), value, r.getValue().low(), r.getValue().high());
            }
        }
        double z = intercept;
        for (Map.Entry<String, Double> w : new TreeMap<>(weights).entrySet()) {
            z += w.getValue() * values.get(w.getKey());
        }
        return new Verdict.Judged(logistic(z), logistic(z - lowerOffset), logistic(z + upperOffset));
    }

    private static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static void requireFeature(String name) {
        if (!ReliabilityFeatures.NAMES.contains(name)) {
            throw new IllegalArgumentException("no feature is called " + name + "; there are "
                    + ReliabilityFeatures.NAMES + "; calibrate the package with this version");
        }
    }

    private static void requireOffset(String what, double value) {
        requireFinite(what, value);
        if (value < 0) {
            throw new IllegalArgumentException(what + " must be at least 0, got " + value);
        }
    }

    private static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " must be finite, got " + value);
        }
    }
}
