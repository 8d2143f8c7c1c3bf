package org.regstream.core.pipeline;

import java.util.Optional;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.LabelSource;

/**
 * How one structure came out.
 *
 * @param structure    which
 * @param source       what its labels that go out are
 * @param volumeMm3    of them on the live grid, mm³; 0 if the structure is lost
 * @param referenceMm3 of the pre-operative structure, mm³
 * @param coverage     share of its pre-operative voxels that the alignment lays inside the live image and the window, [0, 1]
 * @param features     of what was carried, on the window, whatever goes out; empty if the structure is lost
 */
public record StructureFigures(Structure structure, LabelSource source, double volumeMm3, double referenceMm3,
        double coverage, Optional<ReliabilityFeatures> features) {

    /** Mean entropy of the carried soft labels inside the carried structure, on the window, nats; NaN if it is lost. */
    public double meanEntropyNats() {
        return features.map(ReliabilityFeatures::entropyInside).orElse(Double.NaN);
    }

    public boolean isLost() {
        return volumeMm3 == 0;
    }
}
