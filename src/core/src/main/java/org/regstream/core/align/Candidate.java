package org.regstream.core.align;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.regstream.core.geometry.Vector3;

/**
 * A pose that may be the one.
 *
 * @param score shared information, [0, 1]
 */
record Candidate(Pose pose, double score) {

    /**
     * @param apartMm candidates that move the points by less than this, root mean square, are one
     * @param most    how many are kept
     * @return the best ones, best first; equal scores keep their order
     */
    static List<Candidate> distinct(Collection<Candidate> candidates, Points points, double apartMm, int most) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(Comparator.comparingDouble(Candidate::score).reversed());
        List<Candidate> kept = new ArrayList<>();
        for (Candidate c : sorted) {
            if (kept.size() < most && kept.stream().allMatch(k -> c.distanceMm(k, points) > apartMm)) {
                kept.add(c);
            }
        }
        return kept;
    }

    /** Root mean square distance of six places around the points' centre, as both poses lay them. */
    private double distanceMm(Candidate other, Points points) {
        double r = points.reachMm();
        Vector3 at = pose.toMoving(points.centre()).minus(other.pose.toMoving(points.centre()));
        double squares = 0;
        for (Vector3 axis : AXES) {
            Vector3 d = pose.turn(axis).minus(other.pose.turn(axis));
            squares += r * r * d.dot(d);
        }
        return Math.sqrt(at.dot(at) + squares / AXES.size());
    }

    private static final List<Vector3> AXES = List.of(new Vector3(1, 0, 0), new Vector3(0, 1, 0),
            new Vector3(0, 0, 1));
}
