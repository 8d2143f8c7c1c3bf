package org.regstream.training.evaluate.table;

import java.util.function.ToDoubleFunction;

/** What is measured of each case, and what it is called in files. */
public enum Figure {
    MSE("mse", CaseResult::mse), MI("mi_nats", CaseResult::mutualInformation), NLCC("nlcc", CaseResult::nlcc), DICE(
            "dice_foreground",
            CaseResult::diceForeground), DICE_ALL("dice_all_classes", CaseResult::diceWithBackground), ASD("asd_mm",
                    CaseResult::asdForeground), HD95("hd95_mm", CaseResult::hd95Foreground), FOLDING("folding_share",
                            CaseResult::folding), SD_DETERMINANT("sd_determinant", CaseResult::sdDeterminant), SD_LOG_J(
                                    "sdlogj", CaseResult::sdLogJacobian), ECE("ece", CaseResult::ece), BRIER("brier",
                                            CaseResult::brier), SECONDS("seconds", CaseResult::seconds);

    private final String key;
    private final ToDoubleFunction<CaseResult> of;

    Figure(String key, ToDoubleFunction<CaseResult> of) {
        this.key = key;
        this.of = of;
    }

    public String key() {
        return key;
    }

    public double of(CaseResult result) {
        return of.applyAsDouble(result);
    }
}
