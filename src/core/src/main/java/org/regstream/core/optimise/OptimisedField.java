package org.regstream.core.optimise;

import org.regstream.core.volume.DisplacementField;

/**
 * What came of fitting a field to a pair.
 *
 * @param field      the better of start and result, voxels
 * @param improved   whether that is the result, which then does not fold; else the start itself
 * @param before     what is minimised, at the start
 * @param after      likewise of the result, also where it is no better
 * @param iterations steps that were taken
 */
public record OptimisedField(DisplacementField field, boolean improved, double before, double after, int iterations) {}
