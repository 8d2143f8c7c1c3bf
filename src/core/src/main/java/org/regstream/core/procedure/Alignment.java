package org.regstream.core.procedure;

/** How the pre-operative image is laid over the live one before the network sees them. */
public enum Alignment {

    /** By patient coordinates: both images must be in the same frame of reference. */
    FRAME_OF_REFERENCE,

    /** Middle on middle, axes by their nearest patient directions: for crops around one structure, as in training. */
    CENTRES,

    /**
     * By what the images show, from any pose: whole heads, slabs, another frame of reference, a patient who was turned. Patient coordinates
     * are kept where no pose explains the images better.
     */
    AUTOMATIC
}
