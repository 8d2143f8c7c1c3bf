package org.regstream.core.model;

import java.util.Map;

/**
 * Limits fitted on validation data; they travel with the network, and their version is part of each alert.
 *
 * @param version          names this set of limits
 * @param foldingFraction  alert above this share of voxels with Jacobian determinant at or below 0, in [0, 1]
 * @param meanEntropyNats  structure name to the mean label entropy inside the warped structure, nats, above which to alert
 * @param basis            one sentence: what data and what rule the limits come from
 */
public record AlertThresholds(String version, double foldingFraction, Map<String, Double> meanEntropyNats,
        String basis) {

    public AlertThresholds {
        meanEntropyNats = Map.copyOf(meanEntropyNats);
        if (!(foldingFraction >= 0 && foldingFraction <= 1)) {
            throw new IllegalArgumentException("foldingFraction must lie in [0, 1], got " + foldingFraction);
        }
        meanEntropyNats.forEach((structure, nats) -> {
            if (!(nats > 0)) {
                throw new IllegalArgumentException(
                        "entropy limit of " + structure + " must be positive nats, got " + nats);
            }
        });
    }
}
