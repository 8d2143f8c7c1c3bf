package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.List;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * The ensemble's view of one live volume.
 *
 * @param placement  where the windows lay
 * @param prediction the ensemble's result on the window
 * @param labels     its warped labels on the live grid; background outside the window. A structure may have none.
 * @param box        the live voxels that the window can reach
 * @param maps       on {@code box.part()}
 * @param quality    folding and Jacobian figures of the mean field inside the live image
 * @param structures in the reference's order
 * @param modelTime  the network alone
 */
public record Assessed(Placement placement, EnsemblePrediction prediction, LabelMap labels, WindowBox box,
        UncertaintyMaps maps, FieldQuality quality, List<StructureAssessment> structures, Duration modelTime)
        implements
            AssessmentOutcome {

    public Assessed {
        structures = List.copyOf(structures);
    }

    /** @return new map: entropy of the label probabilities on the live grid, nats; NaN where nothing was computed */
    public Volume labelEntropy() {
        return box.paste(maps.labelEntropy());
    }
}
