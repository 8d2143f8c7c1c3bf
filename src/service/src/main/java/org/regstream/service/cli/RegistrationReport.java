package org.regstream.service.cli;

import java.util.List;
import org.regstream.core.model.Structure;

/**
 * What {@code report.json} says of one registration. What does not apply is absent. Holds file names, no patient identity.
 *
 * @param status      {@code registered}, or {@code rejected}: then no image was written
 * @param rejection   why there is no valid registration
 * @param model       which network, where it ran
 * @param images      what was registered
 * @param placement   where registration started
 * @param figures     of the whole image
 * @param structures  of each structure
 * @param warnings    figures beyond the model package's limits: the labels must not be trusted unseen
 * @param millis      how long it took
 */
record RegistrationReport(String status, Rejection rejection, Model model, Images images, Start placement,
        Figures figures, List<OfStructure> structures, List<Warning> warnings, Millis millis) {

    /** @param reason which rule */
    record Rejection(String reason, String explanation) {}

    /** @param digest SHA-256 of the network's file */
    record Model(String id, String version, String digest, String provider, String providerReason) {}

    /** @param atlasNlcc NLCC of the windows that chose the moving image from an atlas bank */
    record Images(String fixed, String moving, Double atlasNlcc) {}

    /**
     * @param alignment        {@code centre} or {@code world}
     * @param translationLpsMm how far the moving image was moved before registration: x, y, z
     */
    record Start(String alignment, List<Double> translationLpsMm) {}

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

    /** @param referenceMm3 volume before registration
     *  @param truth        against the fixed image's own labels, where given */
    record OfStructure(Structure structure, double volumeMm3, double referenceMm3, double meanEntropyNats,
            Truth truth) {}

    /** HD95 in mm, absent where one map lacks the structure. */
    record Truth(Double diceBefore, Double diceAfter, Double hd95BeforeMm, Double hd95AfterMm) {}

    /** @param of what the figure is of: {@code folding}, or a structure's name */
    record Warning(String of, double value, double limit, String unit, String thresholdVersion) {}

    /** @param model the network alone; absent if it gave no result */
    record Millis(Double model, double total) {}

    boolean isRegistered() {
        return rejection == null;
    }
}
