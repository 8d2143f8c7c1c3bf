package org.regstream.training.data.scan;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.warp.GaussianSmoothing;

/**
 * One scan of tissue: what changes from scan to scan although nothing has moved (METHODS, One patient, two scans). Draws are
 * made when it is built; {@link #image} then depends on the image alone.
 *
 * @param intensities gain, gamma and, now and then, another contrast
 * @param bias        amplitude of the bias field, share
 * @param noise       standard deviation of Rician noise, of the intensity range
 * @param blurVoxels  standard deviation along k, j, i
 * @param ghost       share of the signal that comes as a ghost
 * @param ghostBy     voxels along j
 * @param cut         voxels that the field of view lacks: first and last slice, row, column
 * @param seed        of bias field and noise
 */
public record Scan(IntensityMap intensities, double bias, double noise, double[] blurVoxels, double ghost, int ghostBy,
        int[] cut, long seed) {

    /** As it is. */
    public static final Scan PLAIN = new Scan(IntensityMap.identity(), 0, 0, new double[3], 0, 0, new int[6], 0);

    /** Every scan has some noise and its own gamma; the rest comes by chance. */
    public static Scan draw(RandomGenerator random) {
        IntensityMap contrast = random.nextDouble() < 0.06 ? IntensityMap.contrast(random) : IntensityMap.identity();
        double gamma = Math.exp(0.35 * (2 * random.nextDouble() - 1));
        double[] blur = new double[3];
        Arrays.fill(blur, random.nextDouble() < 0.5 ? random.nextDouble(0, 0.7) : 0);
        if (random.nextDouble() < 0.2) {
            blur[random.nextInt(3)] = random.nextDouble(0.7, 1.3);
        }
        int[] cut = new int[6];
        if (random.nextDouble() < 0.25) {
            cut[random.nextInt(6)] = random.nextInt(2, 9);
        }
        return new Scan(contrast.then(1, gamma), random.nextDouble() < 0.5 ? random.nextDouble(0, 0.25) : 0,
                random.nextDouble(0, 0.06), blur, random.nextDouble() < 0.12 ? random.nextDouble(0.02, 0.2) : 0,
                random.nextInt(4, 13), cut, random.nextLong());
    }

    /** @param inside true where the tissue's image is known. Not modified.
     *  @return new mask: what this scan's field of view leaves of it */
    public boolean[] seen(boolean[] inside, Grid g) {
        boolean[] seen = inside.clone();
        int[] low = {g.depth(), g.height(), g.width()};
        int[] high = {-1, -1, -1};
        for (int x = 0; x < seen.length; x++) {
            if (seen[x]) {
                int[] at = {x / (g.height() * g.width()), x / g.width() % g.height(), x % g.width()};
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], at[axis]);
                    high[axis] = Math.max(high[axis], at[axis]);
                }
            }
        }
        for (int x = 0; x < seen.length; x++) {
            int[] at = {x / (g.height() * g.width()), x / g.width() % g.height(), x % g.width()};
            for (int axis = 0; axis < 3; axis++) {
                seen[x] &= at[axis] >= low[axis] + cut[2 * axis] && at[axis] <= high[axis] - cut[2 * axis + 1];
            }
        }
        return seen;
    }

    /**
     * @param tissue intensities in [0, 1], [D, H, W]. Not modified.
     * @param seen   of {@link #seen}
     * @return new array, mapped to the network's range, 0 where nothing is seen
     */
    public float[] image(float[] tissue, boolean[] seen, Grid g, IntensityMapping mapping) {
        float[] out = tissue.clone();
        for (int x = 0; x < out.length; x++) {
            out[x] = intensities.at(out[x]);
        }
        if (blurVoxels[0] + blurVoxels[1] + blurVoxels[2] > 0) {
            out = GaussianSmoothing.of(out, g, blurVoxels);
        }
        if (ghost > 0) {
            out = ghosted(out, g);
        }
        Noise random = new Noise(seed);
        if (bias > 0) {
            multiply(out, g, random);
        }
        if (noise > 0) {
            for (int x = 0; x < out.length; x++) {
                double real = out[x] + noise * random.gaussian();
                double imaginary = noise * random.gaussian();
                out[x] = (float) Math.sqrt(real * real + imaginary * imaginary);
            }
        }
        return mapping.apply(out, seen);
    }

    private float[] ghosted(float[] in, Grid g) {
        float[] out = new float[in.length];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                int from = (j + ghostBy) % g.height();
                for (int i = 0; i < g.width(); i++, x++) {
                    out[x] = (float) ((1 - ghost) * in[x] + ghost * in[g.offset(k, from, i)]);
                }
            }
        }
        return out;
    }

    /** A product of three waves about as long as the window. */
    private void multiply(float[] values, Grid g, Noise random) {
        int[] shape = g.shape();
        double[][] waves = new double[3][];
        for (int axis = 0; axis < 3; axis++) {
            double phase = 2 * Math.PI * random.uniform();
            double length = shape[axis] * (0.7 + 1.3 * random.uniform());
            waves[axis] = new double[shape[axis]];
            for (int x = 0; x < shape[axis]; x++) {
                waves[axis][x] = Math.exp(bias * Math.sin(phase + 2 * Math.PI * x / length));
            }
        }
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                double kj = waves[0][k] * waves[1][j];
                for (int i = 0; i < g.width(); i++, x++) {
                    values[x] *= (float) (kj * waves[2][i]);
                }
            }
        }
    }
}
