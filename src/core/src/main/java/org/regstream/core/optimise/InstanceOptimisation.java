package org.regstream.core.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.optimise.OptimisationSettings.Level;
import org.regstream.core.optimise.OptimisedField.Fit;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Shapes;

/**
 * Fits a displacement field u to one pair of images by Gauss-Newton steps, coarse to fine:
 *
 * <pre>
 * minimise  D + outlineWeight * q(D) * O + smoothness * |grad u|²      u = start + B-splines of each level
 *
 * D  dissimilarity(fixed, moving∘u)
 * O  difference(fixed outlines, moving outlines∘u), where the pair has outlines; q(D) is what the images leave unexplained
 * </pre>
 *
 * Only the pair's region counts and only its box is computed; the field fades to the start within the box's outer 8 voxels, or two
 * strides of a level where that is more, which then looks at as much more of the images. Each level adds a cubic B-spline field on
 * control points of its own, so that what is added is smooth; folds are taken out at the end, and a result that is no better than
 * the start is not given out: nor is anything but the start for constant images, for such with a value that is not a number, and
 * for images that the start already pulls onto each other. The result depends on the arguments alone, not on the number of threads
 * (those of the caller's fork-join pool), unless the time limit ends it. Thread-safe; memory per call about 300 bytes a voxel of
 * the region with NLCC, 500 with MIND.
 */
public final class InstanceOptimisation {

    /** Hears of every step, on the caller's thread. */
    public interface Progress {
        Progress NONE = (iteration, of, objective) -> {
        };

        /** @param iteration from 1. @param objective before that step, what is minimised on that level's images */
        void at(int iteration, int of, double objective);
    }

    /** Voxels of the region's margin in which the field may fade; coarser levels are given more. */
    private static final int FADE = 8;

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
        return new Run(pair.extended().smoothed(settings.similarity().blurVoxels()), progress).from(start);
    }

    /** One pair. */
    private final class Run {
        private final ImagePair pair;
        private final Progress progress;
        private final long end = nanoTime.getAsLong() + settings.timeLimit().toNanos();
        private final VoxelBox region;
        private final List<ImagePair> pyramid = new ArrayList<>();
        private final List<Objective> objectives = new ArrayList<>();
        private int iterations;

        Run(ImagePair pair, Progress progress) {
            this.pair = pair;
            this.progress = progress;
            boolean[] mask = pair.region();
            region = mask == null
                    ? VoxelBox.of(pair.grid())
                    : VoxelBox.around(pair.grid(), x -> mask[x]).orElseThrow();
            pyramid.add(pair);
        }

        OptimisedField from(DisplacementField start) {
            Part judged = Part.of(pair.grid(), region, 0, 1);
            if (isPulledOnto(judged, start)) {
                Fit fit = judge(judged, start);
                return new OptimisedField(start, false, fit, fit, 0);
            }
            float[] u = start.components().clone();
            for (Level level : settings.levels()) {
                if (!isOver()) {
                    descend(level, u);
                }
            }
            DisplacementField field = Unfolding.of(DisplacementField.takeOwnershipOf(start.grid(), u));
            Fit before = judge(judged, start);
            Fit after = judge(judged, field);
            boolean improved = after.objective() < before.objective();
            return new OptimisedField(improved ? field : start, improved, before, after, iterations);
        }

        private boolean isOver() {
            return nanoTime.getAsLong() - end >= 0;
        }

        /** Nothing is to be gained where the images already are the same. */
        private boolean isPulledOnto(Part part, DisplacementField start) {
            float[] u = new float[3 * part.grid().size()];
            part.cut(start.components(), u);
            return Equality.of(objective(part).view(), u);
        }

        private Fit judge(Part part, DisplacementField field) {
            float[] u = new float[3 * part.grid().size()];
            part.cut(field.components(), u);
            return objective(part).of(u);
        }

        /** @param u start of the level, becomes its result */
        private void descend(Level level, float[] u) {
            Part part = Part.of(pair.grid(), region, Math.max(0, 2 * level.strideVoxels() - FADE), level.shrink());
            Objective objective = objective(part);
            float[] base = new float[3 * part.grid().size()];
            part.cut(u, base);
            float[] control = new GaussNewton(objective, level.strideVoxels() / level.shrink(), base)
                    .minimise(level.iterations(), this::isOver,
                            value -> progress.at(++iterations, settings.iterations(), value));
            for (int x = 0; x < control.length; x++) {
                control[x] *= level.shrink();
            }
            Part full = part.full();
            float[] added = new float[3 * full.grid().size()];
            new ControlLattice(full.grid(), level.strideVoxels()).expand(control, added);
            full.add(added, u);
        }

        /** Levels of one part share it. */
        private Objective objective(Part part) {
            for (Objective made : objectives) {
                if (made.part().isSameAs(part)) {
                    return made;
                }
            }
            boolean[] counts = part.cut(part.shrink() == 1 ? inRegion() : pair.fixedInside());
            objectives.add(new Objective(View.of(part, at(part.shrink()), counts), settings));
            return objectives.get(objectives.size() - 1);
        }

        private boolean[] inRegion() {
            if (pair.region() == null) {
                return pair.fixedInside();
            }
            boolean[] both = pair.fixedInside().clone();
            for (int x = 0; x < both.length; x++) {
                both[x] &= pair.region()[x];
            }
            return both;
        }

        private ImagePair at(int shrink) {
            int halvings = Integer.numberOfTrailingZeros(shrink);
            while (pyramid.size() <= halvings) {
                pyramid.add(pyramid.get(pyramid.size() - 1).halved());
            }
            return pyramid.get(halvings);
        }
    }
}
