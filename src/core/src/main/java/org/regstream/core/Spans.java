package org.regstream.core;

import java.time.Duration;
import java.util.Locale;

/** Spans of time as people write them: {@code 30 s}, {@code 250 ms}, {@code 5 min}. */
public final class Spans {

    private enum Unit {
        H(3_600_000), MIN(60_000), S(1000), MS(1);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }
    }

    private Spans() {}

    /** @return to the millisecond, in the largest of h, min, s and ms that makes it a whole number; half minutes in s, and so on */
    public static String inWords(Duration span) {
        long millis = span.toMillis();
        for (Unit unit : Unit.values()) {
            if (millis != 0 && millis % unit.millis == 0) {
                return millis / unit.millis + " " + unit.name().toLowerCase(Locale.ROOT);
            }
        }
        return "0 s";
    }
}
