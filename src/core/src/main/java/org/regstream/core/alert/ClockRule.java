package org.regstream.core.alert;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Which ages clocks that agree do not show. */
final class ClockRule {

    /** A scanner's clock may run ahead by so much and say nothing of it. */
    static final Duration AHEAD = Duration.ofSeconds(5);
    /** So near to whole hours it is a time zone, or summer time, and not a long way. */
    static final Duration NEAR = Duration.ofSeconds(60);
    /** Time zones are at most so far apart: UTC-12 to UTC+14. */
    static final Duration FURTHEST = Duration.ofHours(26);

    private ClockRule() {}

    /** @param lag time stamp of the record minus acquisition time
     *  @return what is wrong, for the operator; empty if nothing need be */
    static Optional<String> doubt(Duration lag) {
        if (lag.compareTo(AHEAD.negated()) < 0) {
            return Optional.of("Images are dated " + words(lag) + " after they were sent: "
                    + "the scanner's clock runs ahead, or its time zone is another than the one set here.");
        }
        return isWholeHours(lag)
                ? Optional.of("Images are dated " + words(lag) + " before they were sent: "
                        + "the scanner's time zone may be another than the one set here.")
                : Optional.empty();
    }

    static String sentence(Duration step) {
        return "This machine's clock was set " + (step.isNegative() ? "back" : "forward") + " by " + words(step) + ".";
    }

    private static boolean isWholeHours(Duration lag) {
        long hours = Math.round(lag.toSeconds() / 3600.0);
        return hours >= 1 && lag.compareTo(FURTHEST.plus(NEAR)) <= 0
                && lag.minusHours(hours).abs().compareTo(NEAR) <= 0;
    }

    /** The length alone, such as {@code 1 h 0 min} or {@code 12.5 s}. */
    private static String words(Duration d) {
        Duration length = d.abs();
        return length.compareTo(NEAR) < 0
                ? String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1e3)
                : length.toHours() + " h " + length.toMinutesPart() + " min";
    }
}
