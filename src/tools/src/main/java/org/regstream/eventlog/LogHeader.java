package org.regstream.eventlog;

import org.regstream.core.line.Life;
import org.regstream.core.line.LineRules;

/**
 * The first line of a log: what a replay begins with.
 *
 * @param eventLog     version of the format, {@link #FORMAT}
 * @param regstream    version that wrote it
 * @param rules        of the procedure
 * @param lastSequence number of the last result of a predecessor, 0 if there was none
 */
public record LogHeader(int eventLog, String regstream, LineRules rules, long lastSequence) {

    /** Grows with every change that an older reader, or a replay by an older state, would not understand. */
    public static final int FORMAT = 2;

    /** @return the procedure as it was before anything happened to it */
    Life<LoggedFrame> begin() {
        return Life.begin(rules, lastSequence);
    }
}
