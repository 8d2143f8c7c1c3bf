package org.regstream.core.align.check;

import java.util.Locale;
import java.util.Random;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * A live volume of a head that was scanned before: turned, moved, on a grid of its own, with a scanner's faults. The pose is
 * known.
 *
 * @param volume what the scanner gives
 * @param truth  where its places lie in the pre-operative image, LPS mm
 * @param drawn  angle, contrast, grid and noise, for a table
 */
record LiveHead(Volume volume, Pose truth, String drawn) {

    /** Intensity of the pre-operative image that counts as white. */
    private static final double WHITE = 140;

    /** Intensity of the pre-operative image that air stays below. */
    private static final double AIR = 12;

    /** How the live image's tones follow the pre-operative one's. */
    enum Contrast {
        SAME,
        /** Tissue falls from white to black; air stays black. */
        INVERTED_TISSUE,
        /** All falls; air is white. */
        INVERTED
    }

    /**
     * What is drawn from.
     *
     * @param turnDegrees most about each axis, one after the other; 180 draws evenly from all rotations
     * @param shiftMm     most along each axis
     */
    record Range(double turnDegrees, double shiftMm, Contrast contrast) {}

    /** @param middle of what is looked at in the head, LPS mm. @param random its state alone decides what is drawn */
    static LiveHead draw(Volume head, Vector3 middle, Range range, Random random) {
        Pose turn = range.turnDegrees >= 180 ? anyRotation(random) : aboutEachAxis(range.turnDegrees, random);
        Vector3 now = middle.plus(inCube(range.shiftMm, random));
        Pose truth = turn.taking(now, middle);
        Grid grid = grid(now, random);
        double gamma = between(0.6, 1.6, random);
        double noise = between(0.03, 0.09, random);
        float[] values = scanned(toned(head, range.contrast, gamma), truth, grid, range.contrast);
        spoil(values, grid, noise, random);
        return new LiveHead(Volume.takeOwnershipOf(grid, values), truth, String.format(Locale.ROOT,
                "%s,%.1f,\"%s\",%.2f,%.3f", range.contrast, turn.angleDegrees(), grid, gamma, noise));
    }

    private static double between(double low, double high, Random random) {
        return low + (high - low) * random.nextDouble();
    }

    private static Vector3 inCube(double most, Random random) {
        return new Vector3(between(-most, most, random), between(-most, most, random), between(-most, most, random));
    }

    private static Pose aboutEachAxis(double most, Random random) {
        Vector3 degrees = inCube(most, random);
        return Pose.rotation(new Vector3(Math.toRadians(degrees.x()), 0, 0))
                .after(Pose.rotation(new Vector3(0, Math.toRadians(degrees.y()), 0)))
                .after(Pose.rotation(new Vector3(0, 0, Math.toRadians(degrees.z()))));
    }

    private static Pose anyRotation(Random random) {
        double w = random.nextGaussian();
        Vector3 v = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        return Pose.rotation(v.normalized().times(2 * Math.atan2(v.norm(), w)));
    }

    /** Voxels of 1 to 3 mm, slices of 1 to 5 mm across any axis; every second one a slab of 60 to 110 mm, off the middle. */
    private static Grid grid(Vector3 middle, Random random) {
        double wide = between(200, 260, random);
        double thick = random.nextBoolean() ? between(60, 110, random) : between(150, 220, random);
        double spacing = between(1, 3, random);
        int across = random.nextInt(3);
        double[] mm = {spacing, spacing, spacing};
        mm[across] = between(1, 5, random);
        int[] shape = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            shape[axis] = (int) Math.round((axis == across ? thick : wide) / mm[axis]);
        }
        double off = 0.6 * Math.max(0, 80 - thick / 2) * between(-1, 1, random);
        Affine axes = Affine.axisAligned(middle.plus(inCube(10, random)), mm[0], mm[1], mm[2]);
        Vector3 centre = axes.origin().plus(axes.step(across).normalized().times(off));
        Affine centred = new Affine(centre, axes.stepK(), axes.stepJ(), axes.stepI());
        return new Grid(shape[0], shape[1], shape[2],
                centred.shifted((1 - shape[0]) / 2.0, (1 - shape[1]) / 2.0, (1 - shape[2]) / 2.0));
    }

    /** The head has whole grey levels, 0 to 255. */
    private static Volume toned(Volume head, Contrast contrast, double gamma) {
        float[] tones = new float[256];
        for (int level = 0; level < tones.length; level++) {
            double tone = Math.pow(Math.min(1, level / WHITE), gamma);
            boolean falls = contrast == Contrast.INVERTED || contrast == Contrast.INVERTED_TISSUE && level > AIR;
            tones[level] = (float) (falls ? 1 - tone : tone);
        }
        float[] out = new float[head.values().length];
        for (int x = 0; x < out.length; x++) {
            out[x] = tones[(int) head.values()[x]];
        }
        return Volume.takeOwnershipOf(head.grid(), out);
    }

    /** A voxel is the mean over its own extent, from samples at most 1.5 mm apart. */
    private static float[] scanned(Volume toned, Pose truth, Grid grid, Contrast contrast) {
        double[] mm = grid.affine().spacingMm();
        int[] parts = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            parts[axis] = (int) Math.ceil(mm[axis] / 1.5);
        }
        Affine a = grid.affine().shifted((1.0 / parts[0] - 1) / 2, (1.0 / parts[1] - 1) / 2, (1.0 / parts[2] - 1) / 2);
        Grid fine = new Grid(grid.depth() * parts[0], grid.height() * parts[1], grid.width() * parts[2],
                new Affine(a.origin(), a.stepK().times(1.0 / parts[0]), a.stepJ().times(1.0 / parts[1]),
                        a.stepI().times(1.0 / parts[2])));
        float[] samples = Resample.linear(toned.withGrid(truth.overlay(toned.grid())), fine,
                contrast == Contrast.INVERTED ? 1 : 0).values();
        float[] out = new float[grid.size()];
        float share = 1f / (parts[0] * parts[1] * parts[2]);
        for (int k = 0, x = 0; k < fine.depth(); k++) {
            for (int j = 0; j < fine.height(); j++) {
                int row = grid.offset(k / parts[0], j / parts[1], 0);
                for (int i = 0; i < fine.width(); i++, x++) {
                    out[row + i / parts[2]] += share * samples[x];
                }
            }
        }
        return out;
    }

    /** A gain between 0.6 and 1.4 that bends along each axis, then the noise of a magnitude image; 1000 is white. */
    private static void spoil(float[] values, Grid grid, double noise, Random random) {
        double[][] bends = {bend(grid.depth(), random), bend(grid.height(), random), bend(grid.width(), random)};
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    double gain = 1 + 0.4 * (bends[0][k] + bends[1][j] + bends[2][i]) / 3;
                    values[x] = (float) (1000
                            * Math.hypot(gain * values[x] + noise * random.nextGaussian(),
                                    noise * random.nextGaussian()));
                }
            }
        }
    }

    /** A half or a whole wave over the image, in [-1, 1]. */
    private static double[] bend(int length, Random random) {
        double phase = between(0, 2 * Math.PI, random);
        double waves = between(0.5, 1, random);
        double[] bend = new double[length];
        for (int n = 0; n < length; n++) {
            bend[n] = Math.cos(2 * Math.PI * waves * n / length + phase);
        }
        return bend;
    }
}
