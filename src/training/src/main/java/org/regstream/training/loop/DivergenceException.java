package org.regstream.training.loop;

import org.regstream.core.RegstreamException;

/** The loss or its gradient is not finite, or the loss far above the first epoch's: a run that goes on learns nothing. */
public final class DivergenceException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    DivergenceException(String message) {
        super(message);
    }
}
