package org.regstream.core.line;

import java.util.List;
import java.util.Optional;
import org.regstream.core.alert.Alert;

/**
 * What can be asked of a procedure from outside.
 *
 * @param isOver whether nothing is told of it from here any more
 * @param told   the latest of each alert that is told from here and is not over, in the order they began; empty if another instance tells, or none
 * @param capped how many of those are kept because they came and went too often
 * @param lastSequence number of the latest result, so that a successor goes on with the next; 0 if there was none
 * @param gatheredBytes of pixels in unfinished volumes
 */
public record View(boolean isOver, Optional<List<Alert>> told, long capped, long lastSequence, long gatheredBytes) {

    static View over(long lastSequence) {
        return new View(true, Optional.empty(), 0, lastSequence, 0);
    }
}
