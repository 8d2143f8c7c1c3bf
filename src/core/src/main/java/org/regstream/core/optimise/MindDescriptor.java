package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/**
 * Self-similarity context of an image (MIND-SSC, Heinrich et al. 2013), the one that networks are trained on: how unlike the
 * patches around a voxel are to one another, which tissue decides and contrast does not. The six neighbours at
 * {@value #DILATION} voxels make 12 pairs (a, b) that are not opposite, one a channel:
 *
 * <pre>
 * P_ab(x) = mean over the patch around x, y in it, of (I(y + a) - I(y + b))²
 * Q_ab(x) = P_ab(x) - min over pairs of P(x)
 * V(x)    = mean over pairs of Q(x), held between 0.001 and 1000 times its own mean over the image
 * d_ab(x) = exp(-Q_ab(x) / V(x))
 * </pre>
 *
 * In (0, 1]. A pair counts in a patch where the mask keeps both its voxels, so padding is left out altogether.
 */
final class MindDescriptor {

    static final int CHANNELS = 12;
    private static final int DILATION = 2;
    private static final double SPREAD = 1000;

    /** The square of a thousandth of the intensity range: decides on constant images alone. */
    private static final double FLAT = 1e-6;

    private MindDescriptor() {}

    /**
     * @param image  intensities, [D, H, W], mapped to about [0, 1]. Not modified.
     * @param inside true where the image is known, [D, H, W]. Not modified.
     * @param patch  edge of the patch, voxels, odd
     * @return [D, H, W, 12], the channels of a voxel side by side, no unit
     */
    static float[] of(Volume image, boolean[] inside, int patch) {
        Grid g = image.grid();
        float[] d = new float[CHANNELS * g.size()];
        BoxSum patches = new BoxSum(g, patch);
        float[] squares = new float[g.size()];
        float[] counts = new float[g.size()];
        int channel = 0;
        for (int[][] pair : pairs()) {
            Slices.forEach(g.depth(), k -> compare(image, inside, k, pair, squares, counts));
            patches.inPlace(squares);
            patches.inPlace(counts);
            for (int x = 0; x < squares.length; x++) {
                d[x * CHANNELS + channel] = squares[x] / Math.max(1, counts[x]);
            }
            channel++;
        }
        normalise(d, inside);
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

    private static void compare(Volume image, boolean[] inside, int k, int[][] pair, float[] squares, float[] counts) {
        Grid g = image.grid();
        for (int j = 0, x = g.offset(k, 0, 0); j < g.height(); j++) {
            for (int i = 0; i < g.width(); i++, x++) {
                int a = neighbour(g, inside, k + pair[0][0], j + pair[0][1], i + pair[0][2]);
                int b = neighbour(g, inside, k + pair[1][0], j + pair[1][1], i + pair[1][2]);
                boolean counted = a >= 0 && b >= 0;
                float difference = counted ? image.values()[a] - image.values()[b] : 0;
                squares[x] = difference * difference;
                counts[x] = counted ? 1 : 0;
            }
        }
    }

    /** @return the voxel's offset, -1 if it is not known */
    private static int neighbour(Grid g, boolean[] inside, int k, int j, int i) {
        boolean exists = k >= 0 && j >= 0 && i >= 0 && k < g.depth() && j < g.height() && i < g.width();
        return exists && inside[g.offset(k, j, i)] ? g.offset(k, j, i) : -1;
    }

    private static void normalise(float[] d, boolean[] inside) {
        double total = 0;
        int count = 0;
        for (int x = 0; x < inside.length; x++) {
            double mean = takeMinimumOff(d, CHANNELS * x);
            total += inside[x] ? mean : 0;
            count += inside[x] ? 1 : 0;
        }
        double level = total / count;
        double least = Math.max(FLAT, level / SPREAD);
        for (int from = 0; from < d.length; from += CHANNELS) {
            double v = Math.min(level * SPREAD + FLAT, Math.max(least, mean(d, from)));
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
