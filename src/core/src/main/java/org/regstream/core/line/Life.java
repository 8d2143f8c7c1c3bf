package org.regstream.core.line;

import java.time.Instant;

/**
 * One procedure at work, as a value that its owner alone holds: {@code step(state, event) -> state, effects}. The same events give the same effects.
 *
 * <pre>
 *   Gathering --Stopped--> Left      takes nothing any more; frames whose results are not out come again to another instance
 *       |
 *       +-------Deleted--> Ended     gives frames back, and tells to their end the alerts that were open
 * </pre>
 *
 * <p>Not thread-safe, and used once: what comes out of {@link #step} takes its place.
 *
 * @param <T> stands for a frame at its source
 */
public sealed interface Life<T extends Token> permits Gathering, Left, Ended {

    Step<T> step(Event<T> event, Moment at);

    View view(Instant now);

    /** @param lastSequence number of the last result of a predecessor here, 0 if there was none
     *  @return a procedure that nothing has happened to */
    static <T extends Token> Life<T> begin(LineRules rules, long lastSequence) {
        return new Gathering<>(rules, lastSequence);
    }
}
