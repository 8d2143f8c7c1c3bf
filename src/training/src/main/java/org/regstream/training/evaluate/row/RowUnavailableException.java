package org.regstream.training.evaluate.row;

import org.regstream.core.RegstreamException;

/** A row cannot be filled; the message is what the table says instead. The other rows go on. */
public final class RowUnavailableException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    public RowUnavailableException(String reason) {
        super(reason);
    }

    public RowUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
