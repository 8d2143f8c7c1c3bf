package org.regstream.core.align;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.geometry.Vector3;

/**
 * Climbs shared information from a start by turns and shifts of one length, then of half of it, and so on: slow near the top,
 * but it gets there from afar, where the slopes of Gauss-Newton's model still point anywhere.
 */
final class Climb {

    private static final double FIRST_STEP_VOXELS = 1.5;
    private static final int HALVINGS = 3;
    private static final int MOST_ROUNDS = 6;

    private Climb() {}

    static Candidate from(Candidate start, SharedInformation information, Level level) {
        Candidate best = new Candidate(start.pose(), information.of(start.pose()));
        double step = FIRST_STEP_VOXELS * level.spacingMm();
        for (int n = 0; n < HALVINGS; n++, step /= 2) {
            best = climb(best, moves(level.fixed(), step), information);
        }
        return best;
    }

    private static Candidate climb(Candidate start, List<Pose> moves, SharedInformation information) {
        Candidate best = start;
        Candidate before;
        int rounds = 0;
        do {
            before = best;
            for (Pose move : moves) {
                Pose pose = best.pose().after(move);
                double score = information.of(pose);
                best = score > best.score() ? new Candidate(pose, score) : best;
            }
        } while (best != before && ++rounds < MOST_ROUNDS);
        return best;
    }

    /** Both ways along and about each axis, each moving the points by about a step. */
    private static List<Pose> moves(Points points, double stepMm) {
        Vector3 c = points.centre();
        List<Pose> moves = new ArrayList<>();
        for (double s : new double[]{stepMm, -stepMm}) {
            for (Vector3 v : List.of(new Vector3(s, 0, 0), new Vector3(0, s, 0), new Vector3(0, 0, s))) {
                moves.add(Pose.rotation(v.times(TURN / points.reachMm())).taking(c, c));
                moves.add(Pose.IDENTITY.taking(c, c.plus(v)));
            }
        }
        return moves;
    }

    /** A turn by this over the reach moves points by 1, root mean square: two of their three coordinates swing. */
    private static final double TURN = Math.sqrt(1.5);
}
