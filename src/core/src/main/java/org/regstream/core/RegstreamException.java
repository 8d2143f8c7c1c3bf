package org.regstream.core;

/**
 * Root of everything regstream throws that is not the caller's mistake (those stay in the
 * {@link IllegalArgumentException} family). A subclass exists only where the reaction differs.
 */
public class RegstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegstreamException(String message) {
        super(message);
    }

    public RegstreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
