package org.regstream.core.optimise;

import java.time.Duration;
import java.util.List;

/**
 * How a field is fitted to a pair.
 *
 * @param similarity what makes the images alike
 * @param smoothness weight of the field's squared gradient, 1 / voxels², at least 0
 * @param levels     one after the other, coarse to fine
 * @param timeLimit  when it ends at the latest, with the field as it then is; positive
 */
public record OptimisationSettings(Similarity similarity, double smoothness, List<Level> levels, Duration timeLimit) {

    /**
     * One level.
     *
     * @param strideVoxels distance of the control points, voxels, at least 1
     * @param sigmaVoxels  Gaussian that smooths both images, voxels, at least 0
     * @param iterations   steps, at least 1
     * @param rateVoxels   about how far a step moves a control point, voxels, positive
     */
    public record Level(int strideVoxels, double sigmaVoxels, int iterations, double rateVoxels) {
        public Level {
            if (strideVoxels < 1 || !(sigmaVoxels >= 0) || iterations < 1 || !(rateVoxels > 0)) {
                throw new IllegalArgumentException(
                        "a level needs a stride of at least 1 voxel, a sigma of at least 0, at"
                                + " least 1 iteration and a positive rate, got " + strideVoxels + ", " + sigmaVoxels
                                + ", "
                                + iterations + ", " + rateVoxels);
            }
        }
    }

    /** Far above what a busy machine takes: where the limit is reached, the result depends on the machine. */
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);

    public OptimisationSettings {
        levels = List.copyOf(levels);
        if (!(smoothness >= 0) || levels.isEmpty() || timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException(
                    "optimisation needs a smoothness of at least 0, a level and a positive time"
                            + " limit, got " + smoothness + ", " + levels + ", " + timeLimit);
        }
    }

    /** Registration without a network; about 2 s for 48 x 64 x 48 voxels on 2 cores. */
    public static OptimisationSettings fromNothing(Similarity similarity) {
        return new OptimisationSettings(similarity, similarity.smoothness(), List.of(new Level(12, 2, 40, 0.3),
                new Level(6, 1, 40, 0.2), new Level(3, 0, 40, 0.1), new Level(2, 0, 30, 0.1)), DEFAULT_LIMIT);
    }

    /** A few steps from a field that is nearly right; about 0.4 s for 48 x 64 x 48 voxels on 2 cores. */
    public static OptimisationSettings refine(Similarity similarity) {
        return new OptimisationSettings(similarity, similarity.smoothness(), List.of(new Level(4, 0, 30, 0.05)),
                DEFAULT_LIMIT);
    }

    /** Iterations of all levels. */
    public int iterations() {
        return levels.stream().mapToInt(Level::iterations).sum();
    }
}
