package org.regstream.core.carry;

import java.util.Map;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * Given labels after carrying, all on the target grid. Memory does not grow with the number of labels.
 *
 * @param labels          what goes out: only labels that were given, background outside the window
 * @param entropy         of the calibrated soft labels, nats; NaN outside the window
 * @param expectedErrorMm calibrated expected length of the displacement's error, mm; NaN outside the window
 * @param members         how far the members agree, by each given label
 */
public record Carried(LabelMap labels, Volume entropy, Volume expectedErrorMm, Map<Integer, MemberFigures> members) {

    public Carried {
        members = Map.copyOf(members);
    }
}
