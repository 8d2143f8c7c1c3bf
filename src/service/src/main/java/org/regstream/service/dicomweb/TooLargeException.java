package org.regstream.service.dicomweb;

import org.regstream.core.RegstreamException;

/** The topic takes no record of that size: the same instance will never be delivered, and the others still can. */
public final class TooLargeException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
