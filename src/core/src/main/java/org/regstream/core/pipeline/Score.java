package org.regstream.core.pipeline;

/**
 * How well a candidate's field suits a volume; more is better.
 *
 * @param total      what candidates are compared by, as {@link Candidates} says
 * @param similarity mean local NLCC of fixed and pulled image over the region of the given labels, [0, 1]
 * @param outlines   mean foreground soft Dice of the network's outlines, the moving one pulled, [0, 1]; 0 if there is none
 * @param roughness  mean squared gradient of the field over the region, at least 0
 */
public record Score(double total, double similarity, double outlines, double roughness) {}
