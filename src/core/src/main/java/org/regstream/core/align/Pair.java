package org.regstream.core.align;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.regstream.core.geometry.Vector3;

/** Two images on their way to one pose: from many candidates at the coarsest level to one at the finest. */
final class Pair {

    /** A pose that explains this much at the middle level ends the search: a wrong one does not come near it. */
    private static final double CONVINCING = 0.2;

    /** Starts of the search, and how many of them go on together. */
    private static final int STARTS = 480;
    private static final int BATCH = 80;

    /** How many candidates go on to the next level. */
    private static final int CLIMBED = 16;
    private static final int TO_MIDDLE = 6;
    private static final int TO_FINE = 2;

    /** Most Gauss-Newton steps: while several candidates are left, and of the last one. */
    private static final int STEPS = 20;
    private static final int LAST_STEPS = 60;

    /** To either side, voxels of the coarsest level: an image's middle lies so far from what it is symmetric about. */
    private static final int MIRROR_STEPS = 8;

    private static final int COARSE = 0;
    private static final int MIDDLE = 1;
    private static final int FINE = 2;

    private final List<Level> levels;
    private final List<SharedInformation> information;

    private Pair(List<Level> levels) {
        this.levels = levels;
        information = levels.stream().map(SharedInformation::new).toList();
    }

    /** Neither image is flat. */
    Pair(Pyramid fixed, Pyramid moving) {
        this(IntStream.range(0, Pyramid.LEVELS).mapToObj(n -> Level.of(fixed, moving, n)).toList());
    }

    /** The same with the moving image left for right. */
    Pair mirrored() {
        return new Pair(levels.stream().map(Level::mirrored).toList());
    }

    /** A pose with the best shift along x: of one that is right but for where the mirror stands, which nobody knows. */
    Pose acrossTheMirror(Pose pose) {
        Vector3 zero = new Vector3(0, 0, 0);
        double mm = levels.get(COARSE).spacingMm();
        return IntStream.rangeClosed(-MIRROR_STEPS, MIRROR_STEPS)
                .mapToObj(step -> pose.taking(zero, pose.toMoving(zero).plus(new Vector3(step * mm, 0, 0))))
                .max(Comparator.comparingDouble(information.get(MIDDLE)::of)).orElseThrow();
    }

    /** From a pose that is nearly right. */
    Candidate track(Pose last) {
        return refined(refined(last, MIDDLE, STEPS).pose(), FINE, LAST_STEPS);
    }

    /** Of a pose as it is, at the finest level. */
    double score(Pose pose) {
        return information.get(FINE).of(pose);
    }

    /** From any pose. Batch by batch, best starts first, until one convinces. */
    Candidate search() {
        List<Candidate> starts = Search.starts(levels.get(COARSE), STARTS);
        List<Candidate> found = new ArrayList<>();
        for (int from = 0; from < starts.size() && !isConvincing(found); from += BATCH) {
            found.addAll(throughMiddle(starts.subList(from, Math.min(starts.size(), from + BATCH))));
        }
        List<Candidate> fine = distinct(found, MIDDLE, TO_FINE).stream().map(c -> refined(c.pose(), FINE, STEPS))
                .toList();
        return distinct(fine, FINE, 1).stream().map(c -> refined(c.pose(), FINE, LAST_STEPS)).findFirst()
                .orElse(new Candidate(Pose.IDENTITY, 0));
    }

    private static boolean isConvincing(List<Candidate> found) {
        return found.stream().anyMatch(c -> c.score() >= CONVINCING);
    }

    private List<Candidate> throughMiddle(List<Candidate> starts) {
        List<Candidate> climbed = starts.stream().map(c -> climbed(c, COARSE)).toList();
        List<Candidate> coarse = distinct(climbed, COARSE, CLIMBED).stream().map(c -> refined(c.pose(), COARSE, STEPS))
                .toList();
        return distinct(coarse, COARSE, TO_MIDDLE).stream().map(c -> climbed(c, MIDDLE))
                .map(c -> refined(c.pose(), MIDDLE, STEPS)).toList();
    }

    private Candidate climbed(Candidate start, int level) {
        return Climb.from(start, information.get(level), levels.get(level));
    }

    /** Gauss-Newton from a pose; the pose itself where the steps lead nowhere better. */
    private Candidate refined(Pose start, int level, int steps) {
        Pose pose = Refinement.refine(levels.get(level), start, steps);
        double before = information.get(level).of(start);
        double after = information.get(level).of(pose);
        return after > before ? new Candidate(pose, after) : new Candidate(start, before);
    }

    private List<Candidate> distinct(List<Candidate> candidates, int level, int most) {
        return Candidate.distinct(candidates, levels.get(level).fixed(), levels.get(level).spacingMm(), most);
    }
}
