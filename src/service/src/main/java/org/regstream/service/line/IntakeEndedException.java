package org.regstream.service.line;

/** This instance takes no more frames in: what it was handed stays unacknowledged and comes again after the next start. */
public final class IntakeEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntakeEndedException() {
        super("this instance takes no more frames in; the frame comes again after the next start");
    }
}
