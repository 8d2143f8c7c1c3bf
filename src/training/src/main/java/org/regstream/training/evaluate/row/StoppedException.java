package org.regstream.training.evaluate.row;

import org.regstream.core.RegstreamException;

/** The user stopped a comparison; what is done is kept. */
public final class StoppedException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped; what is done is kept, add --resume to go on");
    }
}
