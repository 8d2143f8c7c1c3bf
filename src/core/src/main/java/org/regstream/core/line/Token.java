package org.regstream.core.line;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/** Stands for a record of the frames' topic until it is acknowledged. Compared by identity. */
public interface Token {

    /** Of the topic. */
    int partition();

    /** The record's time stamp. */
    Instant sentAt();

    /** @return time stamp of the latest of a volume's records
     *  @throws java.util.NoSuchElementException if there is none */
    static Instant lastSentAt(Collection<? extends Token> tokens) {
        return tokens.stream().map(Token::sentAt).max(Comparator.naturalOrder()).orElseThrow();
    }
}
