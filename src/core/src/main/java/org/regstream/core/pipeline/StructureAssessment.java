package org.regstream.core.pipeline;

import java.util.Optional;
import org.regstream.core.model.Structure;
import org.regstream.core.model.Verdict;

/**
 * What the ensemble says of one structure.
 *
 * @param figures of its labels
 * @param verdict Dice to expect with the true structure, or why none can be told; empty if the package was not calibrated
 *                for it, or the structure has no voxel left
 */
public record StructureAssessment(StructureFigures figures, Optional<Verdict> verdict) {

    public Structure structure() {
        return figures.structure();
    }
}
