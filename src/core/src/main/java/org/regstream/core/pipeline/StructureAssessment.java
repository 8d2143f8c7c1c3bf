package org.regstream.core.pipeline;

import java.util.OptionalDouble;
import org.regstream.core.model.Structure;
import org.regstream.core.model.StructureSummary;

/**
 * What the ensemble says of one structure.
 *
 * @param figures       of its labels on the live grid
 * @param summary       of its members on the window
 * @param predictedDice Dice to expect with the true structure, (0, 1); empty if the package was not calibrated for it, or the
 *                      structure has no voxel left
 */
public record StructureAssessment(StructureFigures figures, StructureSummary summary, OptionalDouble predictedDice) {

    public Structure structure() {
        return figures.structure();
    }
}
