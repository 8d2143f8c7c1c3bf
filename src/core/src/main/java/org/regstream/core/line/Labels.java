package org.regstream.core.line;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * @param overlay     what is laid over the volume
 * @param placement   where the network's windows lay
 * @param objects     what is published
 * @param lastSliceAt time stamp of the last of the volume's records
 * @param modelTime   the network alone
 * @param figures     what is told of them
 */
public record Labels(Network network, String procedureId, long sequence, AssembledVolume live,
        List<Structure> structures, Instant validUntil, Overlay overlay, Placement placement, EncodedResult objects,
        Instant lastSliceAt, Duration modelTime, ResultFigures figures) implements Result {

    public Labels {
        structures = List.copyOf(structures);
    }

    @Override
    public Instant acquiredAt() {
        return live.acquiredAt();
    }
}
