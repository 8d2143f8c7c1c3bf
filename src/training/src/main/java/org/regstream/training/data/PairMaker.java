package org.regstream.training.data;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.training.data.motion.SimulatedMotion;
import org.regstream.training.data.scan.Scan;

/**
 * Makes pairs of single images: one patient twice, with known motion between two scans, or two people. Every image is sampled
 * once: source voxel = pose(motion(x)). The pre-operative side is never exactly the source, or the network would learn what
 * resampling does.
 *
 * @param grid      of the pairs; training lays it anywhere in the samples' window, evaluation over its middle
 * @param intensity how the service maps what arrives
 */
public record PairMaker(Grid grid, IntensityMapping intensity) {

    /** Smaller than this no window is cut. */
    private static final int LEAST = 16;

    /** A cut window keeps sides that networks can halve three times. */
    private static final int MULTIPLE = 8;

    /** How far the middle of either image lies from the middle of what is cut, voxels. */
    private static final double MAX_OFFSET = 2;

    /**
     * Three quarters of each side of the window: structures fill its middle, many images are little larger, and a step takes
     * less than half the time. For networks that take any window.
     */
    public static PairMaker training(Grid window, IntensityMapping intensity) {
        int[] n = window.shape();
        int[] first = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int kept = Math.min(n[axis], Math.max(LEAST, n[axis] * 3 / 4 / MULTIPLE * MULTIPLE));
            first[axis] = (n[axis] - kept) / 2;
            n[axis] = kept;
        }
        return new PairMaker(window.window(first[0], first[1], first[2], n[0], n[1], n[2]), intensity);
    }

    /** One patient, moved and scanned anew at random. */
    public SimulatedPair onePatient(RandomGenerator random, Sample source) {
        return onePatient(random, source, Scan::draw);
    }

    /** @param scans draws the live scan, then the one before */
    public SimulatedPair onePatient(RandomGenerator random, Sample source, Function<RandomGenerator, Scan> scans) {
        Placed placed = Placed.draw(random, source, grid, crop(random, source), random.nextBoolean());
        Tissue still = placed.sampled(DisplacementField.zero(grid));
        return simulated(placed, still, SimulatedMotion.draw(random, grid, middle(still)), scans.apply(random),
                scans.apply(random));
    }

    /**
     * One patient, for evaluation: the source lies as it is, but for a fraction of a voxel.
     *
     * @param kind     of motion; null for none
     * @param strength of it, (0, 1]
     */
    public SimulatedPair onePatient(RandomGenerator random, Sample source, SimulatedMotion.Kind kind, double strength,
            Scan live, Scan before) {
        Placed placed = Placed.asItLies(source, grid);
        Tissue still = placed.sampled(DisplacementField.zero(grid));
        SimulatedMotion motion = kind == null
                ? SimulatedMotion.none(grid)
                : SimulatedMotion.of(random, grid, middle(still), kind, strength);
        return simulated(placed, still, motion, live, before);
    }

    /** @param still the source where nothing moves. Not modified. */
    private SimulatedPair simulated(Placed source, Tissue still, SimulatedMotion motion, Scan live, Scan before) {
        Tissue moved = source.sampled(motion.field());
        boolean[] known = moved.inside().clone();
        motion.cavity().ifPresent(cavity -> empty(moved, known, cavity));
        Sample moving = scanned("moving", still, before);
        Sample fixed = scanned(source.name(), moved, live);
        restrict(known, fixed.inside(), moving.inside(), motion.field());
        return new SimulatedPair(fixed, moving, motion.field(), known);
    }

    /** Two people, each posed and scanned at random. */
    public SimulatedPair twoPeople(RandomGenerator random, Sample fixed, Sample moving) {
        boolean mirror = random.nextBoolean();
        double[] crop = crop(random, fixed);
        DisplacementField still = DisplacementField.zero(grid);
        return new SimulatedPair(
                scanned(fixed.name(), Placed.draw(random, fixed, grid, crop, mirror).sampled(still), Scan.draw(random)),
                scanned(moving.name(), Placed.draw(random, moving, grid, crop, mirror).sampled(still),
                        Scan.draw(random)),
                still, new boolean[grid.size()]);
    }

    /** Of the labelled voxels, (k, j, i). */
    private double[] middle(Tissue tissue) {
        return Middles.of(LabelMap.takeOwnershipOf(grid, tissue.labels()));
    }

    /** Anywhere in the source's window, so that what training cuts out shows all of it, padding too. */
    private double[] crop(RandomGenerator random, Sample source) {
        int[] window = source.image().grid().shape();
        int[] cut = grid.shape();
        double[] crop = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            crop[axis] = (window[axis] - cut[axis]) / 2.0 * (2 * random.nextDouble() - 1);
        }
        return crop;
    }

    private Sample scanned(String name, Tissue tissue, Scan scan) {
        boolean[] seen = scan.seen(tissue.inside(), grid);
        byte[] labels = tissue.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = seen[x] ? labels[x] : 0;
        }
        return new Sample(name, Volume.takeOwnershipOf(grid, scan.image(tissue.image(), seen, grid, intensity)),
                LabelMap.takeOwnershipOf(grid, labels), seen);
    }

    private void empty(Tissue tissue, boolean[] known, SimulatedMotion.Cavity cavity) {
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    if (cavity.holds(k, j, i)) {
                        known[x] = false;
                        tissue.image()[x] = cavity.intensity();
                        tissue.labels()[x] = 0;
                    }
                }
            }
        }
    }

    /** Keeps what the live scan sees and whose place before the other scan sees. */
    private void restrict(boolean[] known, boolean[] live, boolean[] before, DisplacementField truth) {
        int n = grid.size();
        float[] u = truth.components();
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    int atK = Math.round(k + u[x]);
                    int atJ = Math.round(j + u[n + x]);
                    int atI = Math.round(i + u[2 * n + x]);
                    known[x] &= live[x] && atK >= 0 && atJ >= 0 && atI >= 0 && atK < grid.depth() && atJ < grid.height()
                            && atI < grid.width() && before[grid.offset(atK, atJ, atI)];
                }
            }
        }
    }

    /** Arrays of tissue as it lies on the grid; owned by who holds them. */
    private record Tissue(float[] image, byte[] labels, boolean[] inside) {}

    /**
     * A source image under a pose.
     *
     * @param pose row by row, [3, 4]: voxel of the pair's grid to voxel of the source
     */
    private record Placed(Sample source, Grid grid, double[] pose) {

        static Placed asItLies(Sample source, Grid grid) {
            return new Placed(source, grid,
                    offset(new double[][]{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}, source, grid,
                            new double[]{0.3, 0.3, 0.3}, false));
        }

        static Placed draw(RandomGenerator random, Sample source, Grid grid, double[] crop, boolean mirror) {
            double[] shift = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                shift[axis] = crop[axis] + MAX_OFFSET * (2 * random.nextDouble() - 1);
            }
            return new Placed(source, grid, offset(Pose.similarity(random, 1), source, grid, shift, mirror));
        }

        /** About the middles; axes of the drawn matrix are (i, j, k), of the result (k, j, i). */
        private static double[] offset(double[][] m, Sample source, Grid grid, double[] shift, boolean mirror) {
            int[] from = source.image().grid().shape();
            int[] to = grid.shape();
            double[] pose = new double[12];
            for (int row = 0; row < 3; row++) {
                double constant = (from[row] - 1) / 2.0 + shift[row];
                for (int column = 0; column < 3; column++) {
                    double sign = mirror && column == 2 ? -1 : 1;
                    pose[4 * row + column] = sign * m[2 - row][2 - column];
                    constant -= pose[4 * row + column] * (to[column] - 1) / 2.0;
                }
                pose[4 * row + 3] = constant;
            }
            return pose;
        }

        String name() {
            return source.name();
        }

        /** New arrays: the source at pose(x + u(x)). */
        Tissue sampled(DisplacementField u) {
            int n = grid.size();
            float[] v = u.components();
            float[] image = new float[n];
            byte[] labels = new byte[n];
            boolean[] inside = new boolean[n];
            Grid g = source.image().grid();
            for (int k = 0, x = 0; k < grid.depth(); k++) {
                for (int j = 0; j < grid.height(); j++) {
                    for (int i = 0; i < grid.width(); i++, x++) {
                        double a = k + (double) v[x];
                        double b = j + (double) v[n + x];
                        double c = i + (double) v[2 * n + x];
                        double atK = pose[0] * a + pose[1] * b + pose[2] * c + pose[3];
                        double atJ = pose[4] * a + pose[5] * b + pose[6] * c + pose[7];
                        double atI = pose[8] * a + pose[9] * b + pose[10] * c + pose[11];
                        int nearK = (int) Math.rint(atK);
                        int nearJ = (int) Math.rint(atJ);
                        int nearI = (int) Math.rint(atI);
                        if (nearK >= 0 && nearJ >= 0 && nearI >= 0 && nearK < g.depth() && nearJ < g.height()
                                && nearI < g.width()) {
                            int near = g.offset(nearK, nearJ, nearI);
                            inside[x] = source.inside()[near];
                            labels[x] = source.labels().labels()[near];
                            image[x] = linear(source.image().values(), g, atK, atJ, atI);
                        }
                    }
                }
            }
            return new Tissue(image, labels, inside);
        }

        private static float linear(float[] a, Grid g, double k, double j, double i) {
            double kc = Math.max(0, Math.min(k, g.depth() - 1));
            double jc = Math.max(0, Math.min(j, g.height() - 1));
            double ic = Math.max(0, Math.min(i, g.width() - 1));
            int k0 = Math.min((int) kc, g.depth() - 2);
            int j0 = Math.min((int) jc, g.height() - 2);
            int i0 = Math.min((int) ic, g.width() - 2);
            float wk = (float) (kc - k0);
            float wj = (float) (jc - j0);
            float wi = (float) (ic - i0);
            int row = g.width();
            int slice = row * g.height();
            int p = g.offset(k0, j0, i0);
            float a00 = a[p] + wi * (a[p + 1] - a[p]);
            float a01 = a[p + row] + wi * (a[p + row + 1] - a[p + row]);
            float a10 = a[p + slice] + wi * (a[p + slice + 1] - a[p + slice]);
            float a11 = a[p + slice + row] + wi * (a[p + slice + row + 1] - a[p + slice + row]);
            float a0 = a00 + wj * (a01 - a00);
            float a1 = a10 + wj * (a11 - a10);
            return a0 + wk * (a1 - a0);
        }
    }
}
