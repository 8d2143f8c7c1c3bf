package org.regstream.core.alert;

/**
 * The figure behind an alert.
 *
 * @param value            measured, finite
 * @param threshold        the limit it is held against, same unit
 * @param unit             UCUM code: {@code 1} for a share, {@code nat}, {@code s}, {@code mm}, {@code deg}
 * @param thresholdVersion names the set of limits: that of the model package, {@code procedure} or {@code settings}
 */
public record Measurement(double value, double threshold, String unit, String thresholdVersion) {

    public Measurement {
        if (!Double.isFinite(value) || !Double.isFinite(threshold)) {
            throw new IllegalArgumentException(
                    "value and threshold must be finite, got " + value + " and " + threshold + " " + unit);
        }
    }
}
