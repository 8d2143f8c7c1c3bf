package org.regstream.core.pipeline;

import org.regstream.core.model.Structure;

/**
 * How one structure came out.
 *
 * @param structure       which
 * @param volumeMm3       of the warped structure on the live grid, mm³
 * @param referenceMm3    of the pre-operative structure, mm³
 * @param meanEntropyNats mean label entropy inside the warped structure, nats
 */
public record StructureFigures(Structure structure, double volumeMm3, double referenceMm3, double meanEntropyNats) {

    /** Warped over pre-operative volume; 1 keeps the volume. */
    public double volumeRatio() {
        return volumeMm3 / referenceMm3;
    }
}
