package org.regstream.navigation.server;

import java.util.Locale;

/** Why a connection ended. */
public enum CloseReason {
    /** The client closed it. */
    LEFT,
    /** The client took nothing of what was sent to it for too long. */
    SLOW,
    /** The client sent what is not OpenIGTLink, or more than is allowed. */
    INVALID,
    /** The network or this service failed. */
    FAILED,
    /** The server stops. */
    STOPPED;

    /** The value of the metric's {@code reason} tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
