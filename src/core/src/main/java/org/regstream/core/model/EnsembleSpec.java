package org.regstream.core.model;

/**
 * The ensemble of a package: several networks that see the same pair, combined inside one graph.
 *
 * @param graph   outputs {@code displacement}, {@code label_probabilities}, {@code label_entropy},
 *                {@code mutual_information}, {@code displacement_spread}, {@code predictive_uncertainty} and
 *                {@code structure_summary} at least, as {@link EnsemblePrediction} describes them
 * @param members how many networks, at least 2
 */
public record EnsembleSpec(GraphSpec graph, int members) {

    public EnsembleSpec {
        if (members < 2) {
            throw new IllegalArgumentException("an ensemble has at least 2 members, got " + members);
        }
    }
}
