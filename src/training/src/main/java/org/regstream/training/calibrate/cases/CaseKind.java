package org.regstream.training.calibrate.cases;

/**
 * One row of the tables.
 *
 * @param people    whose images
 * @param side      what is spoiled
 * @param name      of the motion, the protocol or the failure
 * @param mustAlert whether an alert is due however well the labels lie: the two sides do not belong together, or are not what
 *                  they are said to be
 */
public record CaseKind(People people, Side side, String name, boolean mustAlert) {

    /** Nothing is spoiled. */
    public boolean isClean() {
        return side == Side.NOTHING;
    }

    /** Whether an alert on a well carried structure is a false one. */
    public boolean mayBeFalselyAlerted() {
        return !mustAlert && (side == Side.NOTHING || side == Side.LIVE_IMAGE);
    }
}
