package org.regstream.gateway.refuse;

import org.regstream.core.RegstreamException;

/** An instance is not taken; the message says why, in words that a C-STORE response may carry. */
public class RefusedException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    public RefusedException(Refusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    public RefusedException(Refusal refusal, String message, Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
