package org.regstream.service.config;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import org.regstream.core.ConfigurationException;
import org.regstream.core.Spans;

/** The documented ranges of what decides whether and when somebody is told: a setting outside of them refuses the start. */
public final class SettingRanges {

    private SettingRanges() {}

    /** @throws ConfigurationException with the first setting that is out of its range, and the range */
    public static void require(RegstreamSettings settings) {
        RegstreamSettings.Alerts alerts = settings.alerts();
        within("alerts.repeat-after", alerts.repeatAfter(), ofSeconds(1), ofMinutes(1));
        within("model.fit-budget", settings.model().fitBudget(), Duration.ZERO, ofMinutes(1));
        within("alerts.minimum-duration", alerts.minimumDuration(), ofMillis(100), ofMinutes(1));
        within("alerts.raise-window", alerts.raiseWindow(), ofSeconds(1), ofHours(1));
        within("alerts.escalate-after", alerts.escalateAfter(), ofSeconds(10), ofHours(1));
        within("receipts.budget", settings.receipts().budget(), ofSeconds(3), ofMinutes(10));
        within("procedures.age-budget", settings.procedures().ageBudget(), ofMillis(100), ofHours(1));
        within("freshness.frame-budget", settings.freshness().frameBudget(), ofSeconds(1), ofMinutes(10));
        if (settings.procedures().maxUploads() < 1) {
            throw outOf("procedures.max-uploads", "1 or more", settings.procedures().maxUploads());
        }
        if (alerts.maxRaises() < 1 || alerts.maxRaises() > 1000) {
            throw outOf("alerts.max-raises", "1 to 1000", alerts.maxRaises());
        }
    }

    private static void within(String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw outOf(setting, Spans.inWords(least) + " to " + Spans.inWords(most), Spans.inWords(value));
        }
    }

    private static ConfigurationException outOf(String setting, String range, Object value) {
        return new ConfigurationException("regstream." + setting + " must lie in " + range + ", got " + value
                + "; set it within, or leave it out for its default");
    }
}
