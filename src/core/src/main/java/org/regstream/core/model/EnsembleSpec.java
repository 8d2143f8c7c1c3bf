package org.regstream.core.model;

/**
 * The ensemble of a package: several networks that see the same pair, side by side in one graph.
 *
 * @param graph   as the student's, with one prediction of each member along the first axis of its outputs
 * @param members how many networks, at least 2
 */
public record EnsembleSpec(GraphSpec graph, int members) {

    public EnsembleSpec {
        if (members < 2) {
            throw new IllegalArgumentException("an ensemble has at least 2 members, got " + members);
        }
    }
}
