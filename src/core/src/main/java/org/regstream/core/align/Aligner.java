package org.regstream.core.align;

import java.util.Locale;
import java.util.Optional;
import org.regstream.core.volume.Volume;

/**
 * Finds the rigid pose of a moving image over fixed ones. What the headers say is looked at first, and is kept to the letter
 * where the images know no better. Pure: the same images give the same pose on any number of threads.
 * Thread-safe.
 */
public final class Aligner {

    /** A pose that explains less of the fixed image is not told. Measured: decision note 0024. */
    public static final double LIMIT = 0.15;

    /**
     * Headers that lay the images so that they explain this share of what the best pose does are right. They then lie within
     * about 0.4 mm or 0.9 degrees of it (decision note 0024), which is left to the field.
     */
    private static final double AS_GOOD = 0.95;

    /**
     * In a mirror so many times as much must be explained before the images are called mirrored. Measured (decision note 0024): mirrored heads at
     * least 1.5 times; bodies that look nearly the same in a mirror come near 1.
     */
    private static final double AS_MIRRORED = 1.05;

    private final Pyramid moving;

    /** @param moving the pre-operative image */
    public Aligner(Pyramid moving) {
        this.moving = moving;
    }

    /**
     * From any pose.
     *
     * @param fixed the live image, [D, H, W], any unit. Not modified.
     */
    public AlignmentOutcome align(Volume fixed) {
        return align(Pyramid.of(fixed, moving), Optional.empty());
    }

    /**
     * From the pose that held for the volume before; anew where it no longer holds.
     *
     * @param fixed as of {@link #align}
     * @param last  from the fixed to the moving image, LPS mm
     */
    public AlignmentOutcome track(Volume fixed, Pose last) {
        return align(Pyramid.of(fixed, moving), Optional.of(last));
    }

    private AlignmentOutcome align(Pyramid fixed, Optional<Pose> last) {
        if (fixed.isFlat() || moving.isFlat()) {
            return new NotAligned(0, 0, "the " + (fixed.isFlat() ? "live" : "pre-operative")
                    + " image is constant, so there is nothing to align; check that it holds image data");
        }
        Pair pair = new Pair(fixed, moving);
        if (!moving.isMuchSmallerThan(fixed)) {
            return outcome(best(pair, last), pair.score(Pose.IDENTITY), pair);
        }
        Pair swapped = new Pair(moving, fixed);
        Candidate best = best(swapped, last.map(Pose::inverse));
        return outcome(new Candidate(best.pose().inverse(), best.score()), swapped.score(Pose.IDENTITY), pair);
    }

    private static Candidate best(Pair pair, Optional<Pose> last) {
        return last.map(pair::track).filter(c -> c.score() >= LIMIT).orElseGet(() -> anew(pair));
    }

    /** Headers that are right need no search; of those that are not, what lies near them is one more start. */
    private static Candidate anew(Pair pair) {
        Candidate near = pair.track(Pose.IDENTITY);
        if (near.score() >= LIMIT && pair.score(Pose.IDENTITY) >= AS_GOOD * near.score()) {
            return near;
        }
        Candidate far = pair.search();
        return far.score() > near.score() ? far : near;
    }

    private static AlignmentOutcome outcome(Candidate best, double headersScore, Pair pair) {
        double asTheyAre = pair.score(best.pose());
        double inAMirror = inAMirror(pair.mirrored(), best);
        if (inAMirror > AS_MIRRORED * asTheyAre && inAMirror >= LIMIT) {
            return new Mirrored(best.score(), headersScore, inAMirror, String.format(Locale.ROOT,
                    "the live image shows the mirror image of the pre-operative one (it explains %.0f %% in a mirror, %.0f %% "
                            + "as it is): the orientation of one of them is wrong; check how it was reconstructed, "
                            + "converted or exported",
                    100 * inAMirror, 100 * asTheyAre));
        }
        if (best.score() < LIMIT) {
            return new NotAligned(best.score(), headersScore, String.format(Locale.ROOT,
                    "no pose lays the pre-operative image over the live one: the best explains %.0f %% of what they "
                            + "show, at least %.0f %% are needed; check that both show the same part of one patient",
                    100 * best.score(), 100 * LIMIT));
        }
        return headersScore >= AS_GOOD * best.score()
                ? new Aligned(Pose.IDENTITY, headersScore, headersScore)
                : new Aligned(best.pose(), best.score(), headersScore);
    }

    /** Near the pose, where a body lies that looks nearly the same in a mirror; anywhere, where that is none. @return what is explained there */
    private static double inAMirror(Pair mirrored, Candidate best) {
        return (best.score() < LIMIT ? mirrored.search() : mirrored.track(mirrored.acrossTheMirror(best.pose())))
                .score();
    }
}
