package org.regstream.core.line;

import java.time.Instant;

/** What a live volume came to: labels, or that there is nothing valid to show. Whoever shows labels must know what to do with either. */
public sealed interface Result permits Labels, NoRegistration {

    String procedureId();

    /** Counts the results of a procedure from 1, whichever network they come from; never twice the same in a run of the service. */
    long sequence();

    /** Of the live volume; its age counts from here. */
    Instant acquiredAt();
}
