package org.regstream.service.channel;

import org.regstream.core.RegstreamException;

/** A frame that no procedure may have; goes to the dead-letter topic, and can be sent again once a procedure selects it. */
public class UnroutableException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a fixed word for metrics */
    public UnroutableException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
