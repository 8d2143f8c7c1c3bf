package org.regstream.core.optimise;

import java.util.function.LongSupplier;
import org.regstream.core.optimise.OptimisationSettings.Level;
import org.regstream.core.optimise.OptimisedField.Fit;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Shapes;

/**
 * Fits a displacement field u to one pair of images by Adam, coarse to fine:
 *
 * <pre>
 * minimise  dissimilarity(fixed, moving∘u) + smoothness * |grad u|²      u = start + B-splines of each level
 * </pre>
 *
 * Each level adds a cubic B-spline field on control points of its own, so that what is added is smooth; folds are taken out at
 * the end, and a result that is no better than the start is not given out. The result depends on the arguments alone, not on the
 * number of threads (those of the caller's fork-join pool), unless the time limit ends it. Thread-safe; memory per call about 100
 * bytes a voxel with NLCC, 200 with MIND.
 */
public final class InstanceOptimisation {

    /** Hears of every step, on the caller's thread. */
    public interface Progress {
        Progress NONE = (iteration, of, objective) -> {
        };

        /** @param iteration from 1. @param objective before that step, what is minimised on that level's images */
        void at(int iteration, int of, double objective);
    }

    private final OptimisationSettings settings;
    private final LongSupplier nanoTime;

    public InstanceOptimisation(OptimisationSettings settings) {
        this(settings, System::nanoTime);
    }

    InstanceOptimisation(OptimisationSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /**
     * @param pair  images, mapped to about [0, 1]. Not modified.
     * @param start where to start from, [3, D, H, W], components (k, j, i), voxels; zero for nothing. Not modified.
     * @throws org.regstream.core.volume.ShapeMismatchException if the field is on another grid
     */
    public OptimisedField optimise(ImagePair pair, DisplacementField start, Progress progress) {
        Shapes.requireSameGrid("images and start field", pair.grid(), start.grid());
        return new Run(pair.extended(), progress).from(start);
    }

    /** One pair. */
    private final class Run {
        private final ImagePair pair;
        private final Progress progress;
        private final long end = nanoTime.getAsLong() + settings.timeLimit().toNanos();
        private int iterations;

        Run(ImagePair pair, Progress progress) {
            this.pair = pair;
            this.progress = progress;
        }

        OptimisedField from(DisplacementField start) {
            float[] u = start.components().clone();
            for (Level level : settings.levels()) {
                descend(level, u);
            }
            DisplacementField field = Unfolding.of(DisplacementField.takeOwnershipOf(start.grid(), u));
            Objective objective = new Objective(pair, settings);
            Fit before = objective.of(start.components());
            Fit after = objective.of(field.components());
            boolean improved = after.objective() < before.objective();
            return new OptimisedField(improved ? field : start, improved, before, after, iterations);
        }

        /** @param u start of the level, becomes its result */
        private void descend(Level level, float[] u) {
            Objective objective = new Objective(pair.smoothed(level.sigmaVoxels()), settings);
            ControlLattice lattice = new ControlLattice(pair.grid(), level.strideVoxels());
            Adam adam = new Adam(level.rateVoxels(), lattice.size());
            float[] control = new float[lattice.size()];
            float[] slope = new float[lattice.size()];
            float[] base = u.clone();
            for (int step = 0; step < level.iterations() && nanoTime.getAsLong() - end < 0; step++) {
                progress.at(++iterations, settings.iterations(), objective.of(u).objective());
                lattice.gather(objective.gradient(), slope);
                adam.step(control, slope);
                lattice.expand(control, u);
                add(base, u);
            }
        }
    }

    private static void add(float[] base, float[] u) {
        for (int y = 0; y < u.length; y++) {
            u[y] += base[y];
        }
    }
}
