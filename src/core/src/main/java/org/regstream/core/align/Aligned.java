package org.regstream.core.align;

/**
 * The pose was found.
 *
 * @param pose  from the fixed image to the moving one, LPS mm
 * @param score shared information, [{@link Aligner#LIMIT}, 1]
 */
public record Aligned(Pose pose, double score) implements AlignmentOutcome {}
