package org.regstream.core.line;

import java.util.List;

/**
 * What an event led to.
 *
 * @param next    what the procedure is now; what it was before is not to be used any more
 * @param effects to be done, in this order
 */
public record Step<T extends Token>(Life<T> next, List<Effect<T>> effects) {

    public Step {
        effects = List.copyOf(effects);
    }
}
