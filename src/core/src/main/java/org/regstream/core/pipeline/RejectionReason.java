package org.regstream.core.pipeline;

/** Why a live volume has no valid registration. */
public enum RejectionReason {
    /** No pose of the pre-operative image explains the live one. */
    NOT_ALIGNED,
    /** One image is the mirror image of the other: the orientation of one of them is wrong. */
    MIRRORED,
    /** The live volume does not cover enough of the structures. */
    NO_OVERLAP,
    /** The structures do not fit into the network's window. */
    OUTSIDE_WINDOW,
    /** The live image has no contrast inside the window. */
    FLAT_IMAGE,
    /** A structure has no voxel left after registration. */
    STRUCTURE_LOST,
    /** The network failed or returned values that are not numbers. */
    MODEL_FAULT
}
