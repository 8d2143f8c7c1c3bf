package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.List;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * The ensemble's view of one live volume.
 *
 * @param placement  where the windows lay
 * @param overlay    its labels, maps and figures
 * @param structures in the reference's order; a structure may be lost
 * @param modelTime  the network alone
 */
public record Assessed(Placement placement, Overlay overlay, List<StructureAssessment> structures, Duration modelTime)
        implements
            AssessmentOutcome,
            Seen {

    public Assessed {
        structures = List.copyOf(structures);
    }

    /** The chosen field, and what it was chosen from. */
    public Choice choice() {
        return overlay.choice();
    }

    /** On the live grid; background outside the window. */
    public LabelMap labels() {
        return overlay.labels();
    }

    /** The live voxels that the window can reach. */
    public WindowBox box() {
        return overlay.box();
    }

    /** On {@code box().part()}. */
    public UncertaintyMaps maps() {
        return overlay.maps().get();
    }

    public FieldQuality quality() {
        return overlay.quality();
    }

    /** @return new map: entropy of the carried soft labels on the live grid, nats; NaN where nothing was computed */
    public Volume labelEntropy() {
        return box().paste(maps().labelEntropy());
    }

    @Override
    public List<StructureAssessment> assessments() {
        return structures;
    }
}
