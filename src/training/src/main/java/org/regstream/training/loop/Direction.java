package org.regstream.training.loop;

/** Which images of a pair are warped in a step. */
public enum Direction {
    /** The moving one. */
    FORWARD,
    /** Both: the fixed one by the exponential of the negative velocity. Needs a network that estimates a velocity. */
    BOTH
}
