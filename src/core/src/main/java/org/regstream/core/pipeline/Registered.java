package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regstream.core.procedure.Reference;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/**
 * A valid registration of one live volume.
 *
 * @param reference what was carried
 * @param input     the pair that the network saw
 * @param overlay   what came of it; no structure is lost
 * @param modelTime the network alone
 */
public record Registered(Reference reference, NetworkInput input, Overlay overlay, Duration modelTime)
        implements
            RegistrationOutcome,
            Seen {

    @Override
    public Placement placement() {
        return input.placement();
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

    public FieldQuality quality() {
        return overlay.quality();
    }

    /** In the reference's order. */
    public List<StructureFigures> structures() {
        return overlay.structures();
    }

    /** @return new map: entropy of the carried soft labels on the live grid, nats; NaN where nothing was computed */
    public Volume labelEntropy() {
        return box().paste(overlay.maps().get().labelEntropy());
    }

    /**
     * The whole pre-operative image pulled along the field, in one sampling from its own grid.
     *
     * @return new volume on the live grid, unit of the pre-operative image; 0 outside the window
     */
    public Volume warped() {
        Volume image = reference.image();
        return Warp.linear(image.withGrid(placement().overlaid(image.grid())), choice().field(), box().live(), 0);
    }

    @Override
    public List<StructureAssessment> assessments() {
        return structures().stream().map(f -> new StructureAssessment(f, Optional.empty())).toList();
    }
}
