package org.regstream.service.igtl.server;

import java.util.List;
import java.util.Map;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.Registered;

/**
 * A registration to be shown.
 *
 * @param procedureId of the operation
 * @param sequence    counts the results of a procedure
 * @param structures  of its reference
 * @param live        the volume it belongs to
 * @param registered  what came out
 * @param origin      what made it, such as network and digest; ASCII by ASCII
 */
public record NavigationResult(String procedureId, long sequence, List<Structure> structures, AssembledVolume live,
        Registered registered, Map<String, String> origin) {

    public NavigationResult {
        structures = List.copyOf(structures);
        origin = Map.copyOf(origin);
    }
}
