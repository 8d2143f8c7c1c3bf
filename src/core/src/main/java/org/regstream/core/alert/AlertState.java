package org.regstream.core.alert;

/** Whether the condition behind an alert holds, and whether the alert is shown. */
public enum AlertState {
    /** The condition holds. */
    ACTIVE,
    /** The condition is over, the alert is still shown: until somebody acknowledges it, or for a while. */
    LATCHED,
    /** The alert is over. */
    INACTIVE
}
