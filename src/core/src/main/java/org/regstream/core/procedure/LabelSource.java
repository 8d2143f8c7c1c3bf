package org.regstream.core.procedure;

/** Which labels of a structure go out. */
public enum LabelSource {

    /** The given ones, carried along the field. */
    CARRIED,

    /**
     * Carried labels and the network's outline of the live image put together, for atlas use and the papers' protocol; of
     * structures that were given and that the package knows. All others are carried.
     */
    REFINED
}
