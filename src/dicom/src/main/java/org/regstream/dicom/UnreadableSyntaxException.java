package org.regstream.dicom;

import org.regstream.core.DecodeException;

/** An instance in a transfer syntax that is not read here: transcoded it may be fine. */
public final class UnreadableSyntaxException extends DecodeException {
    private static final long serialVersionUID = 1L;

    UnreadableSyntaxException(String message) {
        super(message);
    }
}
