package org.regstream.core.align;

/**
 * The pose is known.
 *
 * @param pose         from the fixed image to the moving one, LPS mm; exactly {@link Pose#IDENTITY} where the images lie as their headers say
 * @param score        shared information, [0, 1]
 * @param headersScore of the identity, [0, 1]
 */
public record Aligned(Pose pose, double score, double headersScore) implements AlignmentOutcome {

    /** Whether the images lie as their headers say. */
    public boolean isAsHeadersSay() {
        return pose.equals(Pose.IDENTITY);
    }
}
