package org.regstream.eventlog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a log ends where it ends. */
public enum LogEnd {

    /** The procedure is over. */
    OVER("the procedure is over"),

    /** The service stopped in order. */
    STOPPED("the service stopped"),

    FULL("the log is full: regstream.event-log.max-bytes"),

    /** The disk was slower than the procedure. */
    OVERFLOW("the disk was too slow: what followed was not recorded"),

    /** There is no last line: the service was killed, or its disk failed, or it is still writing. */
    CUT_OFF("the log is cut off: the service was killed, its disk failed, or it is still writing");

    private final String sentence;

    LogEnd(String sentence) {
        this.sentence = sentence;
    }

    /** In words, without a full stop. */
    public String sentence() {
        return sentence;
    }

    /** @return as a log's last line has it */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<LogEnd> read(String word) {
        return Arrays.stream(values()).filter(end -> end != CUT_OFF && end.word().equals(word)).findFirst();
    }
}
