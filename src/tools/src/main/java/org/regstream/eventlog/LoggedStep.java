package org.regstream.eventlog;

import java.util.List;
import org.regstream.core.line.Event;
import org.regstream.core.line.Moment;

/**
 * One step of a procedure as it was recorded.
 *
 * @param number  counts the steps of a log from 1
 * @param at      when
 * @param event   what happened
 * @param effects what was to be done then, in words
 */
public record LoggedStep(long number, Moment at, Event<LoggedFrame> event, List<String> effects) {

    public LoggedStep {
        effects = List.copyOf(effects);
    }
}
