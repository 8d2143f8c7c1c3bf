package org.regstream.training.network;

/** What a network says besides the displacement. */
public enum Heads {
    NONE,
    /** Predictive uncertainty and refined labels (P1, figure 1). */
    PREDICTIVE_AND_REFINER,
    /** The same, and the refined labels correct the flow once; the network sees the moving labels (decision 0019). */
    CORRECTOR
}
