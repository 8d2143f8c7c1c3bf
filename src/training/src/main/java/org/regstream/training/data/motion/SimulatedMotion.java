package org.regstream.training.data.motion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.JacobianDeterminant;
import org.regstream.core.volume.DisplacementField;

/**
 * The motion of one patient between two scans: {@code local ∘ elastic ∘ rigid} (METHODS, One patient), strengths drawn anew
 * for each pair. One to one: the smallest determinant of its derivative is checked, and what folds is drawn weaker.
 *
 * @param field  pull, voxels of the live grid: where the tissue of each live voxel was before
 * @param cavity where tissue is gone from the live image, if any
 */
public record SimulatedMotion(DisplacementField field, Optional<Cavity> cavity) {

    /** Of draws that move nothing: the network must learn to leave alone what lies right. */
    private static final double STILL = 0.07;

    private static final double LEAST_DETERMINANT = 0.15;
    private static final int TRIES = 6;
    private static final double WEAKER = 0.7;

    /**
     * A ball of the live image in which nothing is left of what was there.
     *
     * @param centre    (k, j, i), voxels
     * @param radius    voxels
     * @param intensity of what fills it: fluid is dark, fresh blood bright
     */
    public record Cavity(double[] centre, double radius, float intensity) {
        public boolean holds(double k, double j, double i) {
            double dk = k - centre[0];
            double dj = j - centre[1];
            double di = i - centre[2];
            return dk * dk + dj * dj + di * di < radius * radius;
        }
    }

    /** Which motions there are, each at full strength alone. */
    public enum Kind {
        RIGID, ELASTIC, SHIFT, COLLAPSE, PUSH
    }

    /**
     * A training pair's motion: each part present or not by chance, so that each occurs alone, with others, and not at all
     * (identity).
     *
     * @param grid   of the live window
     * @param middle of the labelled structures, (k, j, i), voxels
     */
    public static SimulatedMotion draw(RandomGenerator random, Grid grid, double[] middle) {
        if (random.nextDouble() < STILL) {
            return none(grid);
        }
        double rigid = random.nextDouble() < 0.75 ? squared(random) : 0;
        double elastic = random.nextDouble() < 0.6 ? random.nextDouble() : 0;
        double local = random.nextDouble();
        Kind kind = local < 0.2 ? Kind.SHIFT : local < 0.38 ? Kind.COLLAPSE : local < 0.55 ? Kind.PUSH : null;
        return unfolded(random, grid, middle, rigid, elastic, kind, 0.3 + 0.7 * random.nextDouble());
    }

    /** Small more often than large. */
    private static double squared(RandomGenerator random) {
        double x = random.nextDouble();
        return x * x;
    }

    /** Nothing moves. */
    public static SimulatedMotion none(Grid grid) {
        return new SimulatedMotion(DisplacementField.zero(grid), Optional.empty());
    }

    /**
     * One kind of motion alone, for evaluation. What folds is drawn weaker here as well.
     *
     * @param strength share of METHODS' largest, above 0; above 1 it is a motion that no training pair shows
     */
    public static SimulatedMotion of(RandomGenerator random, Grid grid, double[] middle, Kind kind, double strength) {
        return unfolded(random, grid, middle, kind == Kind.RIGID ? strength : 0, kind == Kind.ELASTIC ? strength : 0,
                kind == Kind.RIGID || kind == Kind.ELASTIC ? null : kind, strength);
    }

    private static SimulatedMotion unfolded(RandomGenerator random, Grid grid, double[] middle, double rigid,
            double elastic, Kind local, double strength) {
        double weaker = 1;
        for (int n = 0; n < TRIES; n++) {
            SimulatedMotion drawn = once(random, grid, middle, rigid, weaker * elastic, local, weaker * strength);
            if (smallestDeterminant(drawn.field) >= LEAST_DETERMINANT) {
                return drawn;
            }
            weaker *= WEAKER;
        }
        return once(random, grid, middle, rigid, 0, null, 0);
    }

    private static SimulatedMotion once(RandomGenerator random, Grid grid, double[] middle, double rigid,
            double elastic, Kind local, double strength) {
        List<Motion> parts = new ArrayList<>();
        if (rigid > 0) {
            parts.add(Rigid.of(random, middle, 10 * rigid, 10 * rigid * random.nextDouble()));
        }
        if (elastic > 0) {
            double spacing = random.nextDouble(8, 22);
            parts.add(Elastic.of(random, grid.shape(), spacing, Math.min(6 * elastic, 0.3 * spacing)));
        }
        double[] near = near(random, middle, 10);
        Optional<Cavity> cavity = Optional.empty();
        if (local == Kind.SHIFT) {
            parts.add(Sag.of(random, near(random, middle, 4), 10 * strength, random.nextDouble(30, 45)));
        } else if (local == Kind.COLLAPSE) {
            double radius = random.nextDouble(8, 20);
            parts.add(new Collapse(near, radius, Math.min(7 * strength, 0.4 * radius)));
            if (random.nextDouble() < 0.4) {
                cavity = Optional.of(new Cavity(near, random.nextDouble(0.15, 0.4) * radius,
                        random.nextBoolean() ? 0.05f : 0.9f));
            }
        } else if (local == Kind.PUSH) {
            double sigma = random.nextDouble(3, 8);
            parts.add(new Push(near, Directions.any(random), Math.min(6 * strength, 1.2 * sigma), sigma));
        }
        return new SimulatedMotion(field(Motion.inTurn(parts), grid), cavity);
    }

    private static double[] near(RandomGenerator random, double[] middle, double within) {
        double[] at = Directions.any(random);
        double by = within * random.nextDouble();
        for (int axis = 0; axis < 3; axis++) {
            at[axis] = middle[axis] + by * at[axis];
        }
        return at;
    }

    private static double smallestDeterminant(DisplacementField field) {
        double least = Double.POSITIVE_INFINITY;
        for (float j : JacobianDeterminant.of(field).values()) {
            least = Math.min(least, j);
        }
        return least;
    }

    /** @return new field on the grid, pull, voxels: {@code motion(x) - x} */
    static DisplacementField field(Motion motion, Grid grid) {
        int n = grid.size();
        float[] u = new float[3 * n];
        double[] p = new double[3];
        int x = 0;
        for (int k = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    p[0] = k;
                    p[1] = j;
                    p[2] = i;
                    motion.trace(p);
                    u[x] = (float) (p[0] - k);
                    u[n + x] = (float) (p[1] - j);
                    u[2 * n + x] = (float) (p[2] - i);
                }
            }
        }
        return DisplacementField.takeOwnershipOf(grid, u);
    }
}
