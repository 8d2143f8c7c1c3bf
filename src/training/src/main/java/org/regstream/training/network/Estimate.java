package org.regstream.training.network;

import java.util.Optional;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What a trained network says of a pair, all on the window's grid.
 *
 * @param displacement pull displacement, voxels
 * @param warped       the moving image warped
 * @param warpedLabels the moving labels warped linearly, S'∘φ
 * @param labels       refined labels Ŝ; the warped ones where there is no refiner
 * @param predictive   uncertainty u, empty where there is no such head
 */
public record Estimate(DisplacementField displacement, Volume warped, LabelProbabilities warpedLabels,
        LabelProbabilities labels, Optional<PredictiveUncertainty> predictive) {}
