package org.regstream.core.align;

import java.util.Locale;
import java.util.Optional;
import org.regstream.core.volume.Volume;

/**
 * Finds the rigid pose of a moving image over fixed ones. Pure: the same images give the same pose on any number of threads.
 * Thread-safe.
 */
public final class Aligner {

    /** A pose that explains less of the fixed image is not told. Measured: decision note 0024. */
    public static final double LIMIT = 0.15;

    private final Pyramid moving;

    /** @param moving the pre-operative image */
    public Aligner(Pyramid moving) {
        this.moving = moving;
    }

    /**
     * From any pose.
     *
     * @param fixed the live image, [D, H, W], any unit. Not modified.
     * @throws IllegalArgumentException if a value is not finite
     */
    public AlignmentOutcome align(Volume fixed) {
        return align(Pyramid.of(fixed, moving), Optional.empty());
    }

    /**
     * From the pose that held for the volume before; a full search follows where it no longer holds.
     *
     * @param fixed as of {@link #align}
     * @param last  from the fixed to the moving image, LPS mm
     */
    public AlignmentOutcome track(Volume fixed, Pose last) {
        return align(Pyramid.of(fixed, moving), Optional.of(last));
    }

    private AlignmentOutcome align(Pyramid fixed, Optional<Pose> last) {
        if (fixed.isFlat() || moving.isFlat()) {
            return new NotAligned(0, "the " + (fixed.isFlat() ? "live" : "pre-operative")
                    + " image is constant, so there is nothing to align; check that it holds image data");
        }
        if (moving.isMuchSmallerThan(fixed)) {
            Candidate best = best(new Pair(moving, fixed), last.map(Pose::inverse));
            return outcome(new Candidate(best.pose().inverse(), best.score()));
        }
        return outcome(best(new Pair(fixed, moving), last));
    }

    private static Candidate best(Pair pair, Optional<Pose> last) {
        return last.map(pair::track).filter(c -> c.score() >= LIMIT).orElseGet(pair::search);
    }

    private static AlignmentOutcome outcome(Candidate best) {
        return best.score() >= LIMIT
                ? new Aligned(best.pose(), best.score())
                : new NotAligned(best.score(), String.format(Locale.ROOT,
                        "no pose lays the pre-operative image over the live one: the best explains %.0f %% of what they "
                                + "show, at least %.0f %% are needed; check that both show the same part of one patient",
                        100 * best.score(), 100 * LIMIT));
    }
}
