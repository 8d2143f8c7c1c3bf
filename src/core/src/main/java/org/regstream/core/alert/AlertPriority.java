package org.regstream.core.alert;

import java.util.Optional;

/** How urgent an alert is, after IEC 60601-1-8; in falling order. */
public enum AlertPriority {
    HIGH, MEDIUM, LOW, INFORMATION;

    public boolean isAbove(AlertPriority other) {
        return compareTo(other) < 0;
    }

    /** @return the next more urgent one; empty for the most urgent, and for an information, which stays one */
    Optional<AlertPriority> raised() {
        return this == HIGH || this == INFORMATION ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }
}
