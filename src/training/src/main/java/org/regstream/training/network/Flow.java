package org.regstream.training.network;

/** What the last convolution means. */
public enum Flow {
    /** The displacement itself (VoxelMorph). */
    DISPLACEMENT,
    /** A stationary velocity; the displacement is its exponential, which does not fold (diffeomorphic VoxelMorph). */
    VELOCITY,
    /** Mean and log-variance of a stationary velocity, drawn from in training (DIF-VM). */
    PROBABILISTIC_VELOCITY
}
