package org.regstream.core.alert;

/** Where in its life an alert is. */
public enum AlertPhase {
    /** The condition has begun. */
    RAISED,
    /** It still holds; with its present figures. */
    CONTINUED,
    /** It is over. */
    CLEARED
}
