package org.regstream.core.line;

/** What frames, or an answer, wait for. */
sealed interface Due {

    /** A network looks at the volume, or will. */
    record ALook(long ticket, Network network) implements Due {}

    /** The broker is to have a result. */
    record AResult(long sequence) implements Due {}

    /** The broker is to have an alert, or a later one in its place. */
    record AnAlert(String alertId, long sequence) implements Due {}

    /** What is known of the alerts is to be kept. */
    record AMemory(long version) implements Due {}
}
