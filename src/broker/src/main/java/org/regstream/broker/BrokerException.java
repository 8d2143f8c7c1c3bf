package org.regstream.broker;

import org.regstream.core.RegstreamException;

/** The embedded broker could not start; the message names the port or folder and the way out. */
public class BrokerException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
