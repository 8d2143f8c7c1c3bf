package org.regstream.core.optimise;

import java.time.Duration;
import java.util.List;

/**
 * How a field is fitted to a pair.
 *
 * @param similarity    what makes the images alike
 * @param smoothness    weight of the field's squared gradient, 1 / voxels², at least 0
 * @param outlineWeight weight of the outlines' difference in [0, 1], times what the images leave unexplained, at least 0; matters where
 *                      the pair has outlines
 * @param levels        one after the other, coarse to fine
 * @param timeLimit     when it ends at the latest, with the field as it then is; positive
 */
public record OptimisationSettings(Similarity similarity, double smoothness, double outlineWeight, List<Level> levels,
        Duration timeLimit) {

    /**
     * One level.
     *
     * @param strideVoxels distance of the control points, voxels, a multiple of {@code shrink}
     * @param shrink       every how many voxels the images are looked at, 1, 2 or 4, smoothed accordingly
     * @param iterations   steps at most, at least 1; fewer when they gain next to nothing
     */
    public record Level(int strideVoxels, int shrink, int iterations) {
        public Level {
            boolean known = shrink == 1 || shrink == 2 || shrink == 4;
            if (!known || strideVoxels < 1 || strideVoxels % shrink != 0 || iterations < 1) {
                throw new IllegalArgumentException(
                        "a level needs to shrink by 1, 2 or 4, a stride of at least 1 voxel that"
                                + " is a multiple of that, and at least 1 iteration, got a stride of " + strideVoxels
                                + ", shrinking by " + shrink + ", " + iterations + " iterations");
            }
        }
    }

    /** Far above what a busy machine takes: where the limit is reached, the result depends on the machine. */
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);

    /** Outlines that a network paints are a voxel off here and there: two people gain most, one patient loses little (decision 0013). */
    private static final double DEFAULT_OUTLINE_WEIGHT = 4;

    public OptimisationSettings {
        levels = List.copyOf(levels);
        if (!(smoothness >= 0) || !(outlineWeight >= 0) || levels.isEmpty() || timeLimit.isNegative()
                || timeLimit.isZero()) {
            throw new IllegalArgumentException(
                    "optimisation needs a smoothness and a weight of outlines of at least 0, a level and a positive time"
                            + " limit, got " + smoothness + ", " + outlineWeight + ", " + levels + ", " + timeLimit);
        }
    }

    /** Registration without a network. */
    public static OptimisationSettings fromNothing(Similarity similarity) {
        return new OptimisationSettings(similarity, similarity.smoothness(), DEFAULT_OUTLINE_WEIGHT,
                List.of(new Level(16, 2, 8), new Level(8, 2, 8), new Level(6, 1, 10)),
                DEFAULT_LIMIT);
    }

    /** A few steps from a field that is nearly right: a network's, or the last volume's. */
    public static OptimisationSettings refine(Similarity similarity) {
        return new OptimisationSettings(similarity, similarity.smoothness(), DEFAULT_OUTLINE_WEIGHT,
                List.of(new Level(6, 1, 10)), DEFAULT_LIMIT);
    }

    /** The same with another weight of the outlines. */
    public OptimisationSettings withOutlineWeight(double weight) {
        return new OptimisationSettings(similarity, smoothness, weight, levels, timeLimit);
    }

    /** The same with another limit. */
    public OptimisationSettings within(Duration limit) {
        return new OptimisationSettings(similarity, smoothness, outlineWeight, levels, limit);
    }

    /** Iterations of all levels, at most. */
    public int iterations() {
        return levels.stream().mapToInt(Level::iterations).sum();
    }
}
