package org.regstream.eventlog;

import java.time.Instant;
import org.regstream.core.line.Token;

/**
 * Stands for a record of the frames' topic in a log.
 *
 * @param number    counts the frames of a log from 1
 * @param partition of the topic
 * @param sentAt    the record's time stamp
 */
public record LoggedFrame(long number, int partition, Instant sentAt) implements Token {}
