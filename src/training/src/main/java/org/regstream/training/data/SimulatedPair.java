package org.regstream.training.data;

import org.regstream.core.volume.DisplacementField;

/**
 * A pair whose true displacement is known, because one image was made from the other's tissue.
 *
 * @param fixed  the live image, its labels carried by the truth
 * @param moving the pre-operative image
 * @param truth  φ*, pull, voxels, on the grid of both
 * @param known  true where tissue of the live image is seen in both scans, so that φ* is defined. Not to be modified.
 */
public record SimulatedPair(Sample fixed, Sample moving, DisplacementField truth, boolean[] known) {}
