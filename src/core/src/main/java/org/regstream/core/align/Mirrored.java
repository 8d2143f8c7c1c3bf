package org.regstream.core.align;

/**
 * One image is the other one's mirror image: a header is flipped or its axes are permuted. There is no pose.
 *
 * @param score         of the best pose as they are, [0, 1]
 * @param headersScore  of the identity, [0, 1]
 * @param mirroredScore of the best pose in a mirror
 * @param explanation   what was found, what was expected, what to do; no patient identity
 */
public record Mirrored(double score, double headersScore, double mirroredScore, String explanation)
        implements
            AlignmentOutcome {}
