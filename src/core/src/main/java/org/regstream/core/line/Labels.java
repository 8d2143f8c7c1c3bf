package org.regstream.core.line;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.Overlay;
import org.regstream.core.pipeline.Placement;

/**
 * Labels of a live volume, and all that goes with them.
 *
 * @param network     which has looked
 * @param procedureId of the operation
 * @param sequence    in one row with the procedure's other results
 * @param live        the volume they lie on
 * @param structures  what the labels are
 * @param validUntil  when they are too old to be shown
 * @param lastSliceAt time stamp of the last of the volume's records
 * @param queued      how long the volume waited for the network, which was busy with others
 * @param payload     what is shown and published; empty in a replay, which nobody sees
 */
public record Labels(Network network, String procedureId, long sequence, AssembledVolume live,
        List<Structure> structures, Instant validUntil, Instant lastSliceAt, Duration queued,
        Optional<Payload> payload) implements Result {

    public Labels {
        structures = List.copyOf(structures);
    }

    @Override
    public Instant acquiredAt() {
        return live.acquiredAt();
    }

    /** What is laid over the volume. */
    public Overlay overlay() {
        return shown().seen().overlay();
    }

    /** Where the network's windows lay. */
    public Placement placement() {
        return shown().seen().placement();
    }

    /** The network alone. */
    public Duration modelTime() {
        return shown().seen().modelTime();
    }

    /** What is published. */
    public EncodedResult objects() {
        return shown().objects();
    }

    /** What is told of them. */
    public ResultFigures figures() {
        return shown().figures();
    }

    private Payload shown() {
        return payload.orElseThrow(() -> new IllegalStateException("labels of a replay have nothing to show"));
    }
}
