package org.regstream.core;

/** Bytes that are not what they claim to be; permanent, so the record goes to the dead-letter topic. */
public class DecodeException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    public DecodeException(String message) {
        super(message);
    }

    public DecodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
