package org.regstream.core.alert;

import java.time.Duration;
import org.regstream.core.ConfigurationException;

/**
 * How alerts of a procedure behave.
 *
 * @param ageBudget    oldest a result may be while live images come, positive
 * @param releaseShare an open alert is cleared at or below this share of its limit, in (0, 1]
 * @param repeatAfter  an open alert is repeated after this long, so that a display that joins late learns of it; positive
 */
public record AlertSettings(Duration ageBudget, double releaseShare, Duration repeatAfter) {

    /** A fifth below the limit: a figure that wavers by less than that around its limit raises one alert, not many. */
    public static final double DEFAULT_RELEASE_SHARE = 0.8;

    public static final Duration DEFAULT_REPEAT_AFTER = Duration.ofSeconds(5);

    public AlertSettings {
        requirePositive("ageBudget", ageBudget);
        requirePositive("repeatAfter", repeatAfter);
        if (!(releaseShare > 0 && releaseShare <= 1)) {
            throw new ConfigurationException("releaseShare must lie in (0, 1], got " + releaseShare);
        }
    }

    public static AlertSettings withAgeBudget(Duration ageBudget) {
        return new AlertSettings(ageBudget, DEFAULT_RELEASE_SHARE, DEFAULT_REPEAT_AFTER);
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new ConfigurationException(what + " must be positive, got " + value);
        }
    }
}
