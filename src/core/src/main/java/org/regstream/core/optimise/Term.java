package org.regstream.core.optimise;

/**
 * One part of what is minimised, as a function of the displacement field. An instance keeps scratch arrays: not thread-safe,
 * one call at a time. Sums do not depend on the number of threads.
 */
public interface Term {

    /**
     * Value, and what a change of the field does to it.
     *
     * @param u        displacement, [3, D, H, W], components (k, j, i), voxels. Not modified.
     * @param weight   factor of the derivative, at least 0
     * @param gradient [3, D, H, W], 1 / voxel: {@code weight * d value / d u} is added to it
     * @return the value, not weighted
     */
    double evaluate(float[] u, double weight, float[] gradient);
}
