package org.regstream.core.line;

import java.time.Instant;

/** Stands for a record of the frames' topic until it is acknowledged. Compared by identity. */
public interface Token {

    /** Of the topic. */
    int partition();

    /** The record's time stamp. */
    Instant sentAt();
}
