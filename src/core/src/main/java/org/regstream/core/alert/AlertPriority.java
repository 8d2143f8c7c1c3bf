package org.regstream.core.alert;

/** How urgent an alert is, after IEC 60601-1-8; in falling order. */
public enum AlertPriority {
    HIGH, MEDIUM, LOW, INFORMATION
}
