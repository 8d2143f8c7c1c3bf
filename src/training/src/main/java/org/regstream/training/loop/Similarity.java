package org.regstream.training.loop;

/** What makes two images alike, and what a paper's λ weighs against it. */
public enum Similarity {
    /** METHODS, Eq. 1: the same contrast. P1 weighs the squared norm of the gradient: the sum of its nine squares. */
    NLCC(1, 1),
    /**
     * P2: any contrast. A voxel counts with the squared length of the difference of its descriptors, the sum over their 12
     * channels; λ weighs the mean of the gradient's nine squares, as VoxelMorph's does. Decision 0020 tells why.
     */
    MIND(12, 1. / 9);

    private final double weight;
    private final double smoothness;

    Similarity(double weight, double smoothness) {
        this.weight = weight;
        this.smoothness = smoothness;
    }

    /** Times the mean over voxels and channels it is the term. */
    double weight() {
        return weight;
    }

    /** What λ = 1 makes of the squared norm of the gradient. */
    double smoothness() {
        return smoothness;
    }
}
