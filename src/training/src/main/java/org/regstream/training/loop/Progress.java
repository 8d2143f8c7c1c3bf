package org.regstream.training.loop;

/**
 * How far a run is.
 *
 * @param steps   done since the start; also the state of its random numbers
 * @param sum     of the loss over the steps of the running epoch
 * @param minutes spent on steps in all sessions
 * @param first   mean total loss of the first epoch, not a number before its end
 */
record Progress(long steps, LossParts sum, double minutes, double first) {

    static final Progress START = new Progress(0, LossParts.ZERO, 0, Double.NaN);

    /** A step this far above the first epoch's mean: far worse than no registration of the worst pair, whatever weights. */
    private static final double TOO_FAR = 30;

    Progress after(LossParts parts, double spent) {
        return new Progress(steps + 1, sum.plus(parts), minutes + spent, first);
    }

    Progress afterEpoch(double mean) {
        return new Progress(steps, LossParts.ZERO, minutes, Double.isNaN(first) ? mean : first);
    }

    /**
     * A finite loss can have a gradient that is not, and one such step spoils every weight: both are looked at.
     *
     * @param gradient its length
     * @throws DivergenceException if either is not finite, or the loss far above the first epoch's mean
     */
    void requireSane(LossParts parts, double gradient) {
        if (!Double.isFinite(gradient) || !Double.isFinite(parts.total()) || parts.total() > first + TOO_FAR) {
            throw new DivergenceException("training diverged in step " + (steps + 1) + ": " + parts
                    + ", gradient of length " + gradient + "; the first epoch's mean was " + first
                    + ". The last checkpoint is kept; train anew with a lower --rate");
        }
    }
}
