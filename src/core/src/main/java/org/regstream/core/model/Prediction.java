package org.regstream.core.model;

import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What a network returns, all on the window's grid.
 *
 * @param displacement       pull displacement of the moving image, voxels of the window
 * @param warped             the moving image warped, mapped intensities
 * @param labelProbabilities the moving labels warped linearly
 */
public record Prediction(DisplacementField displacement, Volume warped, LabelProbabilities labelProbabilities) {}
