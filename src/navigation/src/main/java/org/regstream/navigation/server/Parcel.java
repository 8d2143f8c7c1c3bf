package org.regstream.navigation.server;

import java.util.List;

/**
 * Messages that belong together and are sent in a row. A newer parcel of the same key takes the place of one that waits.
 *
 * @param key      what it is about, such as the results of one procedure
 * @param lane     how urgent
 * @param messages in this order
 */
record Parcel(String key, Lane lane, List<Outgoing> messages) {

    /** What goes first. */
    enum Lane {
        /** To one client alone, such as an answer: sent whatever it has subscribed to. */
        DIRECT,
        /** Alerts and status: small, and before any image. */
        URGENT,
        /** Results. */
        BULK
    }

    Parcel {
        messages = List.copyOf(messages);
    }

    static Parcel direct(String key, Outgoing message) {
        return new Parcel(key, Lane.DIRECT, List.of(message));
    }

    static Parcel urgent(String key, Outgoing message) {
        return new Parcel(key, Lane.URGENT, List.of(message));
    }
}
