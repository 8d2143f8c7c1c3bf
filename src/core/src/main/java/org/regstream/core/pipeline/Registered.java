package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.List;
import org.regstream.core.model.Prediction;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * A valid registration of one live volume.
 *
 * @param input      the pair that the network saw
 * @param prediction the network's result on the window
 * @param labels     warped labels on the live grid; background outside the window
 * @param box        the live voxels that the window can reach
 * @param boxEntropy entropy of the label probabilities on {@code box.part()}, nats; NaN outside the window
 * @param quality    folding and Jacobian figures of the field inside the live image
 * @param structures figures of each structure, in the reference's order
 * @param modelTime  the network alone
 */
public record Registered(NetworkInput input, Prediction prediction, LabelMap labels, WindowBox box, Volume boxEntropy,
        FieldQuality quality, List<StructureFigures> structures, Duration modelTime) implements RegistrationOutcome {

    public Registered {
        structures = List.copyOf(structures);
    }

    /** Where the windows lay. */
    public Placement placement() {
        return input.placement();
    }

    /** @return new map: entropy of the label probabilities on the live grid, nats; NaN where nothing was computed */
    public Volume labelEntropy() {
        return box.paste(boxEntropy);
    }
}
