package org.regstream.core.pipeline;

/** Where a field comes from; simplest first. */
public enum FieldSource {

    /** No displacement at all: the images as the alignment lays them. */
    ALIGNMENT,

    /** The network's, of an ensemble the members' mean. */
    NETWORK,

    /** Fitted to the pair, starting from the network's. */
    NETWORK_FITTED,

    /** Fitted to the pair, starting from the alignment. */
    FITTED;

    public boolean isFitted() {
        return this == NETWORK_FITTED || this == FITTED;
    }
}
