package org.regstream.training.network;

/** Whether the network is told how smooth the field shall be. */
public enum Conditioning {
    NONE,
    /** CIR-DM: λ drives the instance normalisation of the decoder through a small mapping network. */
    SMOOTHNESS
}
