package org.regstream.core.model;

import java.util.Optional;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What a network returns, all on the window's grid.
 *
 * @param displacement       pull displacement of the moving image, voxels of the window
 * @param warped             the moving image warped, mapped intensities
 * @param labelProbabilities the moving labels warped linearly, and refined if the network has a refiner
 * @param predictiveUncertainty the error the network expects of {@code labelProbabilities}, empty if it has no such head
 */
public record Prediction(DisplacementField displacement, Volume warped, LabelProbabilities labelProbabilities,
        Optional<PredictiveUncertainty> predictiveUncertainty) {

    /** Of a network without predictive uncertainty. */
    public Prediction(DisplacementField displacement, Volume warped, LabelProbabilities labelProbabilities) {
        this(displacement, warped, labelProbabilities, Optional.empty());
    }
}
