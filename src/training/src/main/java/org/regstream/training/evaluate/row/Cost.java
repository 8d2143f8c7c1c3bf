package org.regstream.training.evaluate.row;

/**
 * What a row took before it could register anything.
 *
 * @param trainings networks trained from scratch
 * @param epochs    of each
 * @param steps     of all together
 * @param minutes   spent on steps, of all together
 */
public record Cost(int trainings, int epochs, long steps, double minutes) {

    /** Of a row that learns nothing. */
    public static final Cost NOTHING = new Cost(0, 0, 0, 0);

    /** Of another network, trained after these. */
    public Cost plus(Cost o) {
        return new Cost(trainings + o.trainings, Math.max(epochs, o.epochs), steps + o.steps, minutes + o.minutes);
    }
}
