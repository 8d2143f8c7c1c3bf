package org.regstream.core.model;

/** How far the outline of a structure can be trusted, or why that is not known. */
public sealed interface Verdict {

    /**
     * @param dice   Dice to expect with the true structure, (0, 1)
     * @param low90  lower end of the interval that holds the true Dice in 90 % of the cases that calibration saw
     * @param high90 upper end
     */
    record Judged(double dice, double low90, double high90) implements Verdict {
        public Judged {
            if (!(0 <= low90 && low90 <= dice && dice <= high90 && high90 <= 1)) {
                throw new IllegalArgumentException(
                        "a verdict needs 0 <= low90 <= dice <= high90 <= 1, got " + low90 + ", " + dice + ", "
                                + high90);
            }
        }
    }

    /**
     * A feature lies where calibration saw nothing: nothing is extrapolated.
     *
     * @param feature its name in {@link ReliabilityFeatures#NAMES}
     * @param value   of the feature; NaN if it could not be measured
     * @param low     smallest value that calibration saw
     * @param high    largest
     */
    record NotJudged(String feature, double value, double low, double high) implements Verdict {}
}
