package org.regstream.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which displays confirm what they show, and which have stopped. Not thread-safe: a part of {@link AlertPolicy}. */
final class ReceiptWatch {

    private final ReceiptRule rule;
    private final Map<String, Instant> displays;

    /** @param displays by name, when each confirmed last */
    ReceiptWatch(ReceiptRule rule, Map<String, Instant> displays) {
        this.rule = rule;
        this.displays = new TreeMap<>(displays);
    }

    /** @return whether there was room for it */
    boolean onReceipt(String display, Instant now) {
        if (displays.size() >= AlertPolicy.MAX_DISPLAYS && !displays.containsKey(display)) {
            return false;
        }
        displays.put(display, now);
        return true;
    }

    void onClosed(String display) {
        displays.remove(display);
    }

    Map<String, Instant> displays() {
        return Map.copyOf(displays);
    }

    /** @return what is wrong with the display that has been silent longest, empty if nothing is */
    Optional<Finding> overdue(Optional<Instant> liveSince, Instant now) {
        Optional<Map.Entry<String, Instant>> longest = displays.entrySet().stream().min(Map.Entry.comparingByValue());
        return longest
                .map(last -> finding("The display " + last.getKey() + " has not confirmed", last.getValue(), now))
                .or(() -> liveSince.filter(since -> rule.required())
                        .map(since -> finding("No display has confirmed", since, now)))
                .filter(found -> found.measurement().filter(m -> m.value() > m.threshold()).isPresent());
    }

    private Finding finding(String who, Instant last, Instant now) {
        Measurement m = new Measurement(Duration.between(last, now).toMillis() / 1e3, rule.budget().toMillis() / 1e3,
                "s",
                "settings");
        String sentence = String.format(Locale.ROOT, "%s for %.1f s what it shows, at most %.1f s allowed.", who,
                m.value(),
                m.threshold());
        return new Finding(AlertCode.RECEIPTS_MISSING.priority(), Optional.empty(), Optional.of(m), last, sentence);
    }
}
