package org.regstream.core.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * Scores poses that cover all rotations, each with shifts that lay the fixed image's middle on places around the moving
 * image's. Shared information as {@link SharedInformation} has it, in its quickest form: nearest voxels, whole counts, logarithms
 * from a table. Not thread-safe.
 */
final class Search {

    /** About 25 degrees apart. */
    private static final int ROTATIONS = 1000;

    /** Shifts lie so many voxels apart. */
    private static final double STEP = 2.5;

    /** Poses below this share of the best one are no starts. */
    private static final double HOPELESS = 0.3;

    private static final int BINS = SharedInformation.BINS;

    private final Level level;
    private final Points points;
    private final Grid grid;
    private final byte[] movingBins;
    private final int[] fixedRows;
    private final double[] timesLog;
    private final float[] index;
    private final int[] joint = new int[BINS * BINS];
    private final int[] ofMoving = new int[BINS];

    private Search(Level level) {
        this.level = level;
        points = level.fixed();
        grid = level.moving().grid();
        movingBins = new byte[grid.size()];
        for (int x = 0; x < movingBins.length; x++) {
            movingBins[x] = (byte) Math.round(level.tones().place(level.moving().values()[x], BINS));
        }
        fixedRows = points.bins(BINS);
        for (int n = 0; n < fixedRows.length; n++) {
            fixedRows[n] *= BINS;
        }
        timesLog = new double[points.size() + 1];
        for (int n = 0; n < timesLog.length; n++) {
            timesLog[n] = SharedInformation.timesLog(n);
        }
        index = new float[3 * points.size()];
    }

    /**
     * @param most how many starts are wanted
     * @return starts that differ, best first; their scores are comparable among themselves only
     */
    static List<Candidate> starts(Level level, int most) {
        return new Search(level).run(most);
    }

    private List<Candidate> run(int most) {
        Points moving = Points.of(level.moving(), points.size());
        List<Vector3> shifts = shifts(moving.reachMm());
        List<Candidate> all = new ArrayList<>();
        double best = 0;
        for (Pose rotation : Rotations.cover(ROTATIONS)) {
            lay(rotation, moving.centre());
            for (Vector3 shift : shifts) {
                double score = score(inIndex(shift));
                if (score > HOPELESS * best) {
                    best = Math.max(best, score);
                    all.add(new Candidate(rotation.taking(points.centre(), moving.centre().plus(shift)), score));
                }
            }
        }
        return Candidate.distinct(all, points, 1.5 * level.spacingMm(), most);
    }

    /** A lattice in a ball that is wider where the fixed image sees less than the moving one: then it may lie anywhere in it. */
    private List<Vector3> shifts(double movingReachMm) {
        double step = STEP * level.spacingMm();
        double unseen = movingReachMm * movingReachMm - points.reachMm() * points.reachMm();
        double radius = Math.sqrt(Math.max(0, unseen)) + step;
        int n = (int) (radius / step);
        List<Vector3> shifts = new ArrayList<>();
        for (int z = -n; z <= n; z++) {
            for (int y = -n; y <= n; y++) {
                for (int x = -n; x <= n; x++) {
                    Vector3 shift = new Vector3(x * step, y * step, z * step);
                    if (shift.norm() <= radius) {
                        shifts.add(shift);
                    }
                }
            }
        }
        return shifts;
    }

    /** Sets the index, plus one half, of each point with the points' centre on a place of the moving image. */
    private void lay(Pose rotation, Vector3 middle) {
        Affine a = grid.affine();
        double[] start = a.toIndex(middle);
        double[] perX = inIndex(rotation.turn(new Vector3(1, 0, 0)));
        double[] perY = inIndex(rotation.turn(new Vector3(0, 1, 0)));
        double[] perZ = inIndex(rotation.turn(new Vector3(0, 0, 1)));
        float[] at = points.at();
        for (int n = 0; n < index.length; n += 3) {
            for (int axis = 0; axis < 3; axis++) {
                index[n + axis] = (float) (start[axis] + perX[axis] * at[n] + perY[axis] * at[n + 1]
                        + perZ[axis] * at[n + 2] + 0.5);
            }
        }
    }

    private double[] inIndex(Vector3 direction) {
        return grid.affine().toIndex(grid.affine().origin().plus(direction));
    }

    private double score(double[] shift) {
        Arrays.fill(joint, 0);
        float byK = (float) shift[0];
        float byJ = (float) shift[1];
        float byI = (float) shift[2];
        int count = 0;
        for (int n = 0, x = 0; n < fixedRows.length; n++, x += 3) {
            float k = index[x] + byK;
            float j = index[x + 1] + byJ;
            float i = index[x + 2] + byI;
            if (k >= 0 && j >= 0 && i >= 0 && k < grid.depth() && j < grid.height() && i < grid.width()) {
                joint[fixedRows[n] + movingBins[grid.offset((int) k, (int) j, (int) i)]]++;
                count++;
            }
        }
        return information(count) / fixedRows.length;
    }

    private double information(int count) {
        Arrays.fill(ofMoving, 0);
        double sum = timesLog[count];
        for (int row = 0; row < joint.length; row += BINS) {
            int ofFixed = 0;
            for (int bin = 0; bin < BINS; bin++) {
                int n = joint[row + bin];
                ofFixed += n;
                ofMoving[bin] += n;
                sum += timesLog[n];
            }
            sum -= timesLog[ofFixed];
        }
        for (int n : ofMoving) {
            sum -= timesLog[n];
        }
        return sum;
    }
}
