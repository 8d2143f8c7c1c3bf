package org.regstream.navigation.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * A result to be shown. A later one for the same volume, such as an ensemble's, takes the place of the earlier.
 *
 * @param procedureId  of the operation
 * @param sequence     counts the results of a procedure
 * @param structures   of its reference
 * @param live         the volume it belongs to
 * @param validUntil   when it is too old to be shown
 * @param labels       on the live grid
 * @param uncertainty  makes the uncertainty on the live grid, NaN where nothing was computed; asked when it is sent
 * @param displacement on the window
 * @param placement    where the windows lie
 * @param source       which network made it, {@code student} or {@code ensemble}
 * @param model        what names the model and where its labels come from, ASCII by ASCII
 */
public record NavigationResult(String procedureId, long sequence, List<Structure> structures, AssembledVolume live,
        Instant validUntil,
        LabelMap labels, Supplier<Volume> uncertainty, DisplacementField displacement, Placement placement,
        String source, Map<String, String> model) {

    public NavigationResult {
        structures = List.copyOf(structures);
        model = Map.copyOf(model);
    }
}
