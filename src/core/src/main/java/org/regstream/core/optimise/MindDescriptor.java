package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/**
 * Self-similarity context of an image (MIND-SSC, Heinrich et al. 2013): how unlike the patches around a voxel are to one
 * another, which tissue decides and contrast does not:
 *
 * <pre>
 * d_c(x) = exp(-(D_c(x) - min over c of D_c(x)) / V(x))
 * </pre>
 *
 * D_c is the mean squared difference of two 3³ patches, {@value #DILATION} voxels from x along two different axes: 12 pairs c. V
 * is the mean of the numerators over c, held within 0.001 and 1000 times its mean over the image. In (0, 1].
 */
final class MindDescriptor {

    static final int CHANNELS = 12;
    private static final int DILATION = 2;
    private static final int PATCH = 3;
    private static final double SPREAD = 1000;

    /** Squared intensity: below it an image is flat, and its descriptor is 1 everywhere. */
    private static final double FLAT = 1e-12;

    private MindDescriptor() {}

    /**
     * @param image intensities, [D, H, W], any unit; beyond the border the border's value goes on. Not modified.
     * @return [D, H, W, 12], the channels of a voxel side by side, no unit
     */
    static float[] of(Volume image) {
        Grid g = image.grid();
        float[] d = new float[CHANNELS * g.size()];
        BoxSum patches = new BoxSum(g, PATCH);
        float[] voxels = new float[g.size()];
        Arrays.fill(voxels, 1);
        patches.inPlace(voxels);
        int channel = 0;
        for (int[][] pair : pairs()) {
            float[] squares = squaredDifferences(image, pair[0], pair[1]);
            patches.inPlace(squares);
            for (int x = 0; x < voxels.length; x++) {
                d[x * CHANNELS + channel] = squares[x] / voxels[x];
            }
            channel++;
        }
        normalise(d);
        return d;
    }

    /** Both signs along each two of the three axes. */
    private static int[][][] pairs() {
        int[][][] pairs = new int[CHANNELS][2][3];
        int at = 0;
        for (int one = 0; one < 3; one++) {
            for (int other = one + 1; other < 3; other++) {
                for (int signs = 0; signs < 4; signs++) {
                    pairs[at][0][one] = (signs & 1) == 0 ? -DILATION : DILATION;
                    pairs[at++][1][other] = (signs & 2) == 0 ? -DILATION : DILATION;
                }
            }
        }
        return pairs;
    }

    private static float[] squaredDifferences(Volume image, int[] a, int[] b) {
        Grid g = image.grid();
        float[] out = new float[g.size()];
        Slices.forEach(g.depth(), k -> {
            for (int j = 0, x = g.offset(k, 0, 0); j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    float difference = at(image, k + a[0], j + a[1], i + a[2])
                            - at(image, k + b[0], j + b[1], i + b[2]);
                    out[x] = difference * difference;
                }
            }
        });
        return out;
    }

    private static float at(Volume image, int k, int j, int i) {
        Grid g = image.grid();
        return image.at(clamp(k, g.depth()), clamp(j, g.height()), clamp(i, g.width()));
    }

    private static int clamp(int index, int length) {
        return Math.max(0, Math.min(length - 1, index));
    }

    private static void normalise(float[] d) {
        double total = 0;
        for (int from = 0; from < d.length; from += CHANNELS) {
            total += takeMinimumOff(d, from);
        }
        double mean = total * CHANNELS / d.length;
        double least = Math.max(FLAT, mean / SPREAD);
        for (int from = 0; from < d.length; from += CHANNELS) {
            double v = Math.max(least, Math.min(Math.max(FLAT, mean * SPREAD), mean(d, from)));
            for (int c = from; c < from + CHANNELS; c++) {
                d[c] = (float) Math.exp(-d[c] / v);
            }
        }
    }

    /** @return the mean of what is left */
    private static double takeMinimumOff(float[] d, int from) {
        float min = d[from];
        for (int c = from + 1; c < from + CHANNELS; c++) {
            min = Math.min(min, d[c]);
        }
        for (int c = from; c < from + CHANNELS; c++) {
            d[c] -= min;
        }
        return mean(d, from);
    }

    private static double mean(float[] d, int from) {
        double sum = 0;
        for (int c = from; c < from + CHANNELS; c++) {
            sum += d[c];
        }
        return sum / CHANNELS;
    }
}
