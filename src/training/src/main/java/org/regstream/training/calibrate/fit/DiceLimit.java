package org.regstream.training.calibrate.fit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * The smallest predicted Dice that does not alert. Sensitivity comes first: of one patient and of two people each, so many of the
 * structures below 0.7 and 0.8 must be told, and all below 0.6, by whatever tells. Where false alerts then leave room,
 * the limit lies in the middle between what sensitivity demands and what they allow.
 */
final class DiceLimit {

    /** Issue 12: of the structures with a Dice below 0.7, this share shall be told, */
    static final double TOLD_BELOW_BAD = 0.95;

    /** of those below 0.8, this share, */
    static final double TOLD_BELOW_GOOD = 0.85;

    /** and of those from 0.8 on, at most this share. */
    static final double FALSELY_TOLD = 0.02;

    private DiceLimit() {}

    /** @param held judgements of patients held out, by predictors without a limit */
    static double of(List<Judgement> held) {
        double needed = 0;
        double allowed = 1;
        for (People people : People.values()) {
            List<Judgement> own = held.stream().filter(j -> j.of().kind().people() == people).toList();
            needed = Math.max(needed, needed(own, StructureCase.BAD_DICE, TOLD_BELOW_BAD));
            needed = Math.max(needed, needed(own, StructureCase.GOOD_DICE, TOLD_BELOW_GOOD));
            needed = Math.max(needed, needed(own, StructureCase.DISASTER_DICE, 1));
            allowed = Math.min(allowed, allowed(own));
        }
        return Math.min(1, needed >= allowed ? needed : (needed + allowed) / 2);
    }

    /** Just above the prediction that must still alert, so that a share of the cases below a Dice is told. */
    private static double needed(List<Judgement> held, double dice, double share) {
        List<Judgement> below = held.stream().filter(j -> j.of().dice() < dice).toList();
        double[] untold = predictions(below, j -> !j.isTold());
        int silent = (int) Math.floor((1 - share) * below.size() + 1e-9);
        if (untold.length <= silent) {
            return 0;
        }
        double last = untold[untold.length - 1 - silent];
        double next = untold.length - silent < untold.length ? untold[untold.length - silent] : 1;
        return (last + Math.min(next, last + 0.01)) / 2;
    }

    /** Just below the lowest prediction that must not alert. */
    private static double allowed(List<Judgement> held) {
        List<Judgement> good = held.stream().filter(
                j -> j.of().kind().mayBeFalselyAlerted() && j.of().dice() >= StructureCase.GOOD_DICE).toList();
        double[] untold = predictions(good, j -> !j.isTold());
        int left = (int) Math.floor(FALSELY_TOLD * good.size()) - (good.size() - untold.length);
        return untold.length == 0 ? 1 : untold[Math.max(0, Math.min(left, untold.length - 1))];
    }

    private static double[] predictions(List<Judgement> held, Predicate<Judgement> which) {
        return Arrays.stream(held.stream().filter(which).mapToDouble(Judgement::predicted).toArray()).sorted()
                .toArray();
    }
}
