package org.regstream.core.alert;

import java.time.Duration;
import java.time.Instant;
import org.regstream.core.Spans;

/**
 * Somebody has taken note of an alert.
 *
 * @param by    who, as the display names them; 1 to 64 printable characters, not of a patient
 * @param at    when
 * @param until the alert asks for attention again if its condition holds longer than this; after {@code at}
 */
public record Acknowledgement(String by, Instant at, Instant until) {

    public static final int MAX_NAME = 64;
    public static final Duration LONGEST = Duration.ofHours(4);

    public Acknowledgement {
        if (by == null || by.isBlank() || by.length() > MAX_NAME || by.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("whoever acknowledges has a name of 1 to " + MAX_NAME
                    + " printable characters, got " + (by == null ? "none" : by.length() + " characters"));
        }
        Duration length = Duration.between(at, until);
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "an acknowledgement lasts at most " + Spans.inWords(LONGEST) + ", got " + Spans.inWords(length));
        }
    }

    Acknowledgement setBack(Duration step) {
        return new Acknowledgement(by, at.minus(step), until.minus(step));
    }

    boolean hasRunOut(Instant now) {
        return !now.isBefore(until);
    }
}
