package org.regstream.tools.register;

import org.regstream.core.quality.Dice;
import org.regstream.core.quality.SurfaceDistance;
import org.regstream.core.volume.LabelMap;
import org.regstream.tools.register.RegistrationReport.Truth;

/**
 * How well labels agree with the fixed image's own ones, before and after registration. JSON has no NaN and no infinity, so
 * what is not defined is null.
 */
final class Agreement {

    private final LabelMap before;
    private final LabelMap after;
    private final LabelMap truth;
    private final double[] diceBefore;
    private final double[] diceAfter;

    /**
     * @param before   moving labels laid over the fixed image
     * @param after    warped labels
     * @param truth    the fixed image's own labels, on the same grid
     * @param channels labels of the model, background included
     */
    Agreement(LabelMap before, LabelMap after, LabelMap truth, int channels) {
        this.before = before;
        this.after = after;
        this.truth = truth;
        this.diceBefore = Dice.perLabel(before, truth, channels);
        this.diceAfter = Dice.perLabel(after, truth, channels);
    }

    Double meanDiceBefore() {
        return defined(Dice.meanForeground(diceBefore));
    }

    Double meanDiceAfter() {
        return defined(Dice.meanForeground(diceAfter));
    }

    Truth of(int label) {
        return new Truth(defined(diceBefore[label]), defined(diceAfter[label]), hd95(before, label),
                hd95(after, label));
    }

    /** None where slices lean: surfaces are measured along axes at right angles. */
    private Double hd95(LabelMap labels, int label) {
        boolean isUpright = truth.grid().straightened() == truth.grid();
        return isUpright ? defined(SurfaceDistance.between(labels, truth, label).hd95Mm()) : null;
    }

    private static Double defined(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
