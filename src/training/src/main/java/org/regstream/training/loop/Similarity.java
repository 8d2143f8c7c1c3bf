package org.regstream.training.loop;

/** What makes two images alike, and the norm of the smoothness that a paper weighs against it. */
public enum Similarity {
    /** METHODS, Eq. 1: the same contrast. P1 weighs the squared norm of the gradient: the sum of its nine squares. */
    NLCC(1),
    /** P2: any contrast. λ weighs the mean of the gradient's nine squares, as VoxelMorph's does. */
    MIND(1. / 9);

    private final double smoothness;

    Similarity(double smoothness) {
        this.smoothness = smoothness;
    }

    /** What λ = 1 makes of the squared norm of the gradient. */
    double smoothness() {
        return smoothness;
    }
}
