package org.regstream.service.cli;

import java.util.List;
import org.regstream.core.model.Structure;
import org.regstream.core.model.StructureSummary;
import org.regstream.core.optimise.OptimisedField.Fit;

/**
 * What {@code report.json} says of one registration. What does not apply is absent. Holds file names, no patient identity.
 *
 * @param status      {@code registered}, or {@code rejected}: then no image was written
 * @param rejection   why there is no valid registration
 * @param model       which network, where it ran
 * @param images      what was registered
 * @param placement   where registration started
 * @param fit         what fitting the field to the pair did, where it was asked for
 * @param figures     of the whole image
 * @param structures  of each structure
 * @param warnings    figures beyond the model package's limits: the labels must not be trusted unseen
 * @param millis      how long it took
 */
record RegistrationReport(String status, Rejection rejection, Model model, Images images, Start placement,
        PairFit fit, Figures figures, List<OfStructure> structures, List<Warning> warnings, Millis millis) {

    /** @param reason which rule */
    record Rejection(String reason, String explanation) {}

    /** @param network {@code student} or {@code ensemble}: where the labels come from
     *  @param digest  SHA-256 of its file */
    record Model(String id, String version, String network, String digest, String provider, String providerReason) {}

    /** @param atlasNlcc NLCC of the windows that chose the moving image from an atlas bank */
    record Images(String fixed, String moving, Double atlasNlcc) {}

    /**
     * @param alignment        {@code centre} or {@code world}
     * @param translationLpsMm how far the moving image was moved before registration: x, y, z
     */
    record Start(String alignment, List<Double> translationLpsMm) {}

    /**
     * @param start      {@code network}: from the network's field; {@code nothing}: without a network
     * @param similarity {@code nlcc} or {@code mind}
     * @param kept       whether the fitted field is the one that was written; if not, nothing better than the start was found
     * @param before     how the start fits on the window, lower is better
     * @param after      how the fitted field does
     * @param iterations steps that were taken
     */
    record PairFit(String start, String similarity, boolean kept, Fit before, Fit after, int iterations) {}

    /**
     * @param nlccBefore      NLCC (window 5) of fixed and moving image inside the window, as registration started
     * @param nlccAfter       likewise of fixed and warped image
     * @param foldingFraction share of voxels with Jacobian determinant at or below 0
     * @param sdLogJacobian   SDlogJ as Learn2Reg publishes it
     * @param diceBefore      mean foreground Dice with the fixed image's own labels, where given
     * @param diceAfter       likewise after registration
     */
    record Figures(double nlccBefore, double nlccAfter, double foldingFraction, double sdLogJacobian,
            Double diceBefore, Double diceAfter) {}

    /** @param referenceMm3  volume before registration
     *  @param predictedDice Dice to expect with the true structure, where the package was calibrated for it
     *  @param summary       what the ensemble's members say together, where there is an ensemble
     *  @param truth         against the fixed image's own labels, where given */
    record OfStructure(Structure structure, double volumeMm3, double referenceMm3, double meanEntropyNats,
            Double predictedDice, StructureSummary summary, Truth truth) {}

    /** HD95 in mm, absent where one map lacks the structure. */
    record Truth(Double diceBefore, Double diceAfter, Double hd95BeforeMm, Double hd95AfterMm) {}

    /** @param of     what the figure is of: {@code field}, or a structure's name
     *  @param figure its name, such as {@code predicted Dice} */
    record Warning(String of, String figure, double value, double limit, String unit, String thresholdVersion) {}

    /** @param model the networks and the fit; absent if there is no result */
    record Millis(Double model, double total) {}

    RegistrationReport with(PairFit other) {
        return new RegistrationReport(status, rejection, model, images, placement, other, figures, structures, warnings,
                millis);
    }

    boolean isRegistered() {
        return rejection == null;
    }
}
