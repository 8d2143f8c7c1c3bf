package org.regstream.core.memory;

import org.regstream.core.RegstreamException;

/** Something needs more memory than there is for its kind; nothing was allocated for it. */
public class OverdrawnException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    private final boolean isTooLarge;

    OverdrawnException(String message, boolean isTooLarge) {
        super(message);
        this.isTooLarge = isTooLarge;
    }

    /** Whether it would not fit either if nothing else were held. */
    public boolean isTooLarge() {
        return isTooLarge;
    }
}
