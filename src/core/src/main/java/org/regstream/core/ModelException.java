package org.regstream.core;

/** A model package is wrong, or a network failed: refuse to start, or fail the volume. */
public class ModelException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
