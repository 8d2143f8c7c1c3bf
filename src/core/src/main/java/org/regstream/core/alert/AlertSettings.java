package org.regstream.core.alert;

import java.time.Duration;
import org.regstream.core.ConfigurationException;

/**
 * How alerts of a procedure behave.
 *
 * @param ageBudget    oldest a result may be while live images come, positive
 * @param releaseShare a condition is over at or below this share of its limit, in (0, 1]
 * @param pace         how often and how long they ask for attention
 * @param receipts     what displays owe
 */
public record AlertSettings(Duration ageBudget, double releaseShare, AlertPace pace, ReceiptRule receipts) {

    /** A fifth below the limit: a figure that wavers by less than that around its limit raises one alert, not many. */
    public static final double DEFAULT_RELEASE_SHARE = 0.8;

    public AlertSettings {
        AlertPace.requirePositive("ageBudget", ageBudget);
        if (!(releaseShare > 0 && releaseShare <= 1)) {
            throw new ConfigurationException("releaseShare must lie in (0, 1], got " + releaseShare);
        }
    }

    public static AlertSettings withAgeBudget(Duration ageBudget) {
        return new AlertSettings(ageBudget, DEFAULT_RELEASE_SHARE, AlertPace.DEFAULT, ReceiptRule.DEFAULT);
    }

    public AlertSettings with(AlertPace otherPace, ReceiptRule otherReceipts) {
        return new AlertSettings(ageBudget, releaseShare, otherPace, otherReceipts);
    }
}
