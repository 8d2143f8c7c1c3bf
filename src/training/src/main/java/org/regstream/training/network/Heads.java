package org.regstream.training.network;

/** What a network says besides the displacement. */
public enum Heads {
    NONE,
    /** Predictive uncertainty and refined labels (P1, figure 1). */
    PREDICTIVE_AND_REFINER,
    /** Sees no labels; says the expected error of the displacement, and outlines of both images ({@link Twin}). */
    TWIN
}
