package org.regstream.tools.register;

import java.util.List;
import java.util.Map;
import org.regstream.core.model.Structure;
import org.regstream.wire.PoseDocument;
import org.regstream.wire.ResultFiguresDocument;
import org.regstream.wire.ResultFiguresDocument.CandidateScore;
import org.regstream.wire.ResultFiguresDocument.OfVerdict;

/**
 * What {@code report.json} says of one registration. What does not apply is absent. Holds file names, no patient identity.
 *
 * @param status      {@code registered}, or {@code rejected}: then no image was written
 * @param rejection   why there is no valid registration
 * @param model       which network, where it ran
 * @param images      what was registered
 * @param placement   where registration started
 * @param labelSource {@code carried}, or {@code refined} if the labels of any structure are
 * @param field       which candidate carried them: {@code alignment}, {@code network}, {@code network-fitted}, {@code fitted}
 * @param candidates  what each candidate scored, by its name
 * @param fit         how fields were fitted, where they were
 * @param figures     of the whole image
 * @param inverse     how well the inverse field leads back
 * @param structures  of each structure
 * @param warnings    figures beyond the model package's limits: the labels must not be trusted unseen
 * @param millis      how long it took
 */
record RegistrationReport(String status, Rejection rejection, Model model, Images images, Start placement,
        String labelSource, String field, Map<String, CandidateScore> candidates, Fitting fit, Figures figures,
        InverseField inverse, List<OfStructure> structures, List<Warning> warnings, Millis millis) {

    /** @param reason which rule */
    record Rejection(String reason, String explanation) {}

    /** @param network {@code student} or {@code ensemble}: where the labels come from
     *  @param digest  SHA-256 of its file */
    record Model(String id, String version, String network, String digest, String provider, String providerReason) {}

    /** @param atlasNlcc NLCC of the windows that chose the moving image from an atlas bank */
    record Images(String fixed, String moving, Double atlasNlcc) {}

    /**
     * @param alignment        {@code centre}, {@code world} or {@code auto}
     * @param translationLpsMm how far the window's middle was moved before registration: x, y, z
     * @param pose             all of it, and why
     */
    record Start(String alignment, List<Double> translationLpsMm, PoseDocument pose) {}

    /**
     * @param similarity    {@code nlcc} or {@code mind}
     * @param budgetSeconds most time of a fit; student and ensemble make one each at most
     */
    record Fitting(String similarity, double budgetSeconds) {}

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

    /**
     * Of {@code inverse-displacement.nii.gz}: how far places of the moving image are from where the way back and the field take them.
     *
     * @param meanResidualMm over the voxels whose origin lies within the window
     * @param maxResidualMm  likewise the farthest
     * @param withinWindow   share of its voxels whose origin lies within the window
     */
    record InverseField(double meanResidualMm, double maxResidualMm, double withinWindow) {}

    /** As {@link ResultFiguresDocument.OfStructure}.
     *  @param predictedDice that of the verdict, absent where nothing is predicted
     *  @param truth         against the fixed image's own labels, where given */
    record OfStructure(Structure structure, String labelSource, double volumeMm3, double referenceMm3, double coverage,
            Double meanEntropyNats, Double expectedErrorMm, Double predictedDice, OfVerdict verdict,
            Map<String, Double> features, Truth truth) {}

    /** HD95 in mm, absent where one map lacks the structure. */
    record Truth(Double diceBefore, Double diceAfter, Double hd95BeforeMm, Double hd95AfterMm) {}

    /** @param of     what the figure is of: {@code field}, or a structure's name
     *  @param figure its name, such as {@code predicted Dice}
     *  @param value  absent if it could not be measured
     *  @param limit  absent if the package has none, so that nothing can be said of the structure */
    record Warning(String of, String figure, Double value, Double limit, String unit, String thresholdVersion) {}

    /** @param model the networks and the fit; absent if there is no result */
    record Millis(Double model, double total) {}

    boolean isRegistered() {
        return rejection == null;
    }
}
