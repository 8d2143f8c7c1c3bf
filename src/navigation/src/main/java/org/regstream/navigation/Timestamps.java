package org.regstream.navigation;

import java.time.Instant;

/** The header's time: seconds since 1970 in UTC as an unsigned fixed-point number, 32 bits before and 32 behind the point. */
final class Timestamps {

    private static final long NANOS = 1_000_000_000L;
    private static final long LAST_SECOND = 0xFFFFFFFFL;

    private Timestamps() {}

    /**
     * @return the field, the fraction rounded down, so that no time comes out later than it was
     * @throws IllegalArgumentException if the time lies before 1970 or after the field wraps around in 2106
     */
    static long encode(Instant time) {
        long second = time.getEpochSecond();
        if (second < 0 || second > LAST_SECOND) {
            throw new IllegalArgumentException(
                    "an OpenIGTLink time must lie between 1970 and 2106, got " + time + "; check the clock it is from");
        }
        return second << 32 | ((long) time.getNano() << 32) / NANOS;
    }

    /** @return the time to the nearest nanosecond */
    static Instant decode(long field) {
        long fraction = field & 0xFFFFFFFFL;
        return Instant.ofEpochSecond(field >>> 32, (fraction * NANOS + (1L << 31)) >>> 32);
    }
}
