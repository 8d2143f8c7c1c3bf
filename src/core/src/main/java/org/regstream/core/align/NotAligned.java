package org.regstream.core.align;

/**
 * No pose is to be trusted.
 *
 * @param score        of the best one, [0, 1]
 * @param headersScore of the identity, [0, 1]
 * @param explanation  what was found, what was expected, what to do; no patient identity
 */
public record NotAligned(double score, double headersScore, String explanation) implements AlignmentOutcome {}
