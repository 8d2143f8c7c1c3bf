package org.regstream.service.page;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.line.Network;
import org.regstream.core.line.ResultFigures;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.service.line.ReliabilityMap;

/**
 * A result to be shown. The ensemble's takes the place of the student's of the same volume.
 *
 * @param procedureId   of the operation
 * @param eventId       of its labels on the topic: what a receipt names
 * @param sequence      counts the results of a procedure
 * @param source        the network it comes from
 * @param structures    of its reference
 * @param live          the volume it belongs to
 * @param validUntil    when it is too old to be shown
 * @param labels        on the live grid
 * @param uncertainty   makes {@link ReliabilityMap#UNCERTAINTY} on the live grid, NaN where nothing was computed; asked off the pipeline's threads
 * @param outline       makes the network's own outlines on the live grid, numbered as the labels are; likewise
 * @param figures       what is told of the labels
 */
public record PageResult(String procedureId, String eventId, long sequence, Network source,
        List<Structure> structures,
        AssembledVolume live, Instant validUntil, LabelMap labels, Supplier<Volume> uncertainty,
        Supplier<LabelMap> outline, ResultFigures figures) {

    public PageResult {
        structures = List.copyOf(structures);
    }
}
