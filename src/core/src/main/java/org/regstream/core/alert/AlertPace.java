package org.regstream.core.alert;

import java.time.Duration;
import org.regstream.core.ConfigurationException;
import org.regstream.core.Spans;

/**
 * How often and how long alerts ask for attention. All durations are positive; no two contradict each other.
 *
 * @param repeatAfter     an open alert is repeated after this long, so that a display that joins late learns of it
 * @param minimumDuration an alert is shown at least so long after it asked for attention
 * @param maxRaises       so often a condition may ask for attention in {@code raiseWindow}, 1 or more; with the last of them the alert is
 *                        kept for the whole window, instead of coming and going
 * @param raiseWindow     see there; not below {@code minimumDuration}
 * @param escalateAfter   an alert whose condition holds so long without acknowledgement becomes more urgent; not below {@code repeatAfter}
 */
public record AlertPace(Duration repeatAfter, Duration minimumDuration, int maxRaises, Duration raiseWindow,
        Duration escalateAfter) {

    /** Repeats every 5 s; shown for 2 s at least, enough to be read; three times a minute; more urgent after 2 min. */
    public static final AlertPace DEFAULT = new AlertPace(Duration.ofSeconds(5), Duration.ofSeconds(2), 3,
            Duration.ofMinutes(1), Duration.ofMinutes(2));

    public AlertPace {
        requirePositive("repeatAfter", repeatAfter);
        requirePositive("minimumDuration", minimumDuration);
        requirePositive("raiseWindow", raiseWindow);
        requirePositive("escalateAfter", escalateAfter);
        if (maxRaises < 1) {
            throw new ConfigurationException("maxRaises must be 1 or more, got " + maxRaises);
        }
        requireNotBelow("raiseWindow", raiseWindow, "minimumDuration", minimumDuration,
                "what comes and goes too often would be shown no longer than anything else");
        requireNotBelow("escalateAfter", escalateAfter, "repeatAfter", repeatAfter,
                "an alert would become more urgent before it is told twice");
    }

    private static void requireNotBelow(String what, Duration value, String than, Duration least, String why) {
        if (value.compareTo(least) < 0) {
            throw new ConfigurationException(
                    what + " of alerts must not be below " + than + ", got " + Spans.inWords(value)
                            + " and " + Spans.inWords(least) + ": " + why + "; raise the one or lower the other");
        }
    }

    static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new ConfigurationException(what + " must be positive, got " + value);
        }
    }
}
