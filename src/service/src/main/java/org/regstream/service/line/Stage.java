package org.regstream.service.line;

import java.util.Locale;

/** A stretch of the way from frame to result that has a histogram of its own. */
public enum Stage {
    /** Bytes of one instance to a frame. */
    DECODE,
    /** First frame of a volume to its last. */
    ASSEMBLE,
    /** Last record of a volume sent to the start of its registration: transport, decoding, queue. */
    WAIT,
    /** The network alone. */
    MODEL,
    /** Live volume to outcome, the network included. */
    REGISTER,
    /** Outcome to the object that is published. */
    ENCODE,
    /** The ensemble alone. */
    ENSEMBLE,
    /** Registered volume to its assessment, the ensemble and the wait for it included. */
    ASSESS,
    /** Assessment to the objects that are published. */
    ENCODE_ASSESSMENT,
    /** Hand-over to acknowledgement by the broker. */
    PUBLISH;

    /** The value of the metric's {@code stage} tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
