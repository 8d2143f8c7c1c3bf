package org.regstream.core.volume;

/** Two arrays that must have the same shape, or lie on the same grid, do not; the message holds both. */
public class ShapeMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ShapeMismatchException(String message) {
        super(message);
    }
}
