package org.regstream.core.optimise;

import org.regstream.core.volume.DisplacementField;

/**
 * What came of fitting a field to a pair.
 *
 * @param field      the better of start and result, voxels
 * @param improved   whether that is the result, which then does not fold; else the start itself
 * @param before     of the start
 * @param after      of the result, also where it is no better
 * @param iterations steps that were taken
 */
public record OptimisedField(DisplacementField field, boolean improved, Fit before, Fit after, int iterations) {

    /**
     * How well a field fits, lower is better.
     *
     * @param objective     what is minimised, over the region: dissimilarity plus weighted outlines and roughness
     * @param dissimilarity of the images alone: minus NLCC in [-1, 0], or the mean squared difference of MIND
     */
    public record Fit(double objective, double dissimilarity) {}
}
