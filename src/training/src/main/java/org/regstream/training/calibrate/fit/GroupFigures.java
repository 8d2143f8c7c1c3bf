package org.regstream.training.calibrate.fit;

import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * How well a group of structures of patients held out was judged. Rates have 95 % intervals that take cases as independent, areas such that
 * take a patient's cases as alike.
 *
 * @param group        what they have in common
 * @param cases        structures
 * @param bad          of them, with a Dice below 0.7
 * @param lost         without a voxel left, which the service tells
 * @param meanDice     of all
 * @param toldBelow70  of those below a Dice of 0.7, those told by anything
 * @param toldBelow80  likewise below 0.8
 * @param silentBelow60 structures below 0.6 of which nothing was told
 * @param falselyTold  of well carried structures (from 0.8 on) of pairs that belong together, those told
 * @param auroc        of the predicted Dice, for a Dice below 0.7
 * @param bias         mean of predicted less true Dice
 * @param meanError    mean absolute difference of both
 * @param coverage     share of intervals that hold the true Dice; 0.9 is wanted
 * @param notJudged    without a prediction, out of the range of what calibration saw
 */
public record GroupFigures(String group, int cases, int bad, int lost, double meanDice, Rate toldBelow70,
        Rate toldBelow80, int silentBelow60, Rate falselyTold, Auroc auroc, double bias, double meanError,
        Rate coverage, int notJudged) {

    public static GroupFigures of(String group, HeldOut held) {
        return new GroupFigures(group, held.judgements().size(), held.count(j -> j.of().isBad()),
                held.count(j -> j.of().isLost()),
                held.judgements().stream().mapToDouble(j -> j.of().dice()).average().orElse(Double.NaN),
                held.toldBelow(StructureCase.BAD_DICE), held.toldBelow(StructureCase.GOOD_DICE),
                held.count(j -> j.of().dice() < StructureCase.DISASTER_DICE && !j.isTold()), held.falselyTold(),
                held.auroc(), held.bias(), held.meanError(), held.coverage(), held.count(Judgement::isNotJudged));
    }
}
