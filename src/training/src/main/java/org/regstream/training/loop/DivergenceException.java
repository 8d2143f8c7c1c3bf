package org.regstream.training.loop;

import org.regstream.core.RegstreamException;

/** The loss is not finite or far above the first epoch's: a run that goes on learns nothing. */
public final class DivergenceException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    DivergenceException(String message) {
        super(message);
    }
}
