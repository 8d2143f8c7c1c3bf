package org.regstream.core.carry;

/**
 * How far the members agree about one carried structure.
 *
 * @param agreement       mean Dice between the labels of each two members, [0, 1]; 1 for a single member, 0 where all lost it
 * @param volumeVariation standard deviation of the members' volumes over their mean (divided by N), at least 0
 */
public record MemberFigures(double agreement, double volumeVariation) {}
