package org.regstream.core.warp;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/**
 * Convolution with a Gaussian along each axis, cut off at four standard deviations and normalised; beyond the border the
 * border's value goes on. The same as scipy's {@code gaussian_filter(mode="nearest")}.
 */
public final class GaussianSmoothing {
    private static final double CUT_OFF = 4;

    private GaussianSmoothing() {}

    /** @param sigmaMm standard deviation, mm, at least 0 */
    public static Volume ofMm(Volume volume, double sigmaMm) {
        double[] spacing = volume.grid().affine().spacingMm();
        return of(volume, new double[]{sigmaMm / spacing[0], sigmaMm / spacing[1], sigmaMm / spacing[2]});
    }

    /** @param sigmaVoxels standard deviation along every axis, voxels, at least 0 */
    public static Volume ofVoxels(Volume volume, double sigmaVoxels) {
        return of(volume, new double[]{sigmaVoxels, sigmaVoxels, sigmaVoxels});
    }

    /** Each component by itself. @param sigmaVoxels standard deviation along every axis, voxels, at least 0 */
    public static DisplacementField ofVoxels(DisplacementField u, double sigmaVoxels) {
        return DisplacementField.takeOwnershipOf(u.grid(),
                of(u.components(), u.grid(), new double[]{sigmaVoxels, sigmaVoxels, sigmaVoxels}));
    }

    private static Volume of(Volume volume, double[] sigmaVoxels) {
        return Volume.takeOwnershipOf(volume.grid(), of(volume.values(), volume.grid(), sigmaVoxels));
    }

    /**
     * @param values      [C, D, H, W], any number of channels, each smoothed by itself. Not modified.
     * @param grid        shape of one channel
     * @param sigmaVoxels standard deviation along k, j, i, voxels, at least 0
     * @return new array, [C, D, H, W]
     */
    public static float[] of(float[] values, Grid grid, double[] sigmaVoxels) {
        int channels = values.length / grid.size();
        Shapes.requireLength("values", values.length, grid, channels);
        int h = grid.height();
        int w = grid.width();
        float[] out = values.clone();
        alongAxis(out, channels, grid.depth(), h * w, kernel(sigmaVoxels[0]));
        alongAxis(out, channels * grid.depth(), h, w, kernel(sigmaVoxels[1]));
        alongAxis(out, channels * grid.depth() * h, w, 1, kernel(sigmaVoxels[2]));
        return out;
    }

    /** @return weights of the offsets -r to r, summing to 1 */
    private static double[] kernel(double sigma) {
        if (!(sigma >= 0) || sigma > 1000) {
            throw new IllegalArgumentException("sigma must be 0 to 1000 voxels, got " + sigma);
        }
        int radius = (int) (CUT_OFF * sigma + 0.5);
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int n = 0; n < kernel.length; n++) {
            double x = n - radius;
            kernel[n] = radius == 0 ? 1 : Math.exp(-x * x / (2 * sigma * sigma));
            sum += kernel[n];
        }
        for (int n = 0; n < kernel.length; n++) {
            kernel[n] /= sum;
        }
        return kernel;
    }

    /** The array is [blocks, length, run]; works in place along the middle axis. */
    private static void alongAxis(float[] a, int blocks, int length, int run, double[] kernel) {
        if (kernel.length == 1) {
            return;
        }
        float[] in = new float[length * run];
        double[] sum = new double[run];
        for (int block = 0; block < blocks; block++) {
            int base = block * length * run;
            System.arraycopy(a, base, in, 0, in.length);
            for (int at = 0; at < length; at++) {
                weigh(in, at, length, run, kernel, sum);
                for (int x = 0; x < run; x++) {
                    a[base + at * run + x] = (float) sum[x];
                }
            }
        }
    }

    private static void weigh(float[] in, int at, int length, int run, double[] kernel, double[] sum) {
        Arrays.fill(sum, 0);
        int radius = kernel.length / 2;
        for (int n = 0; n < kernel.length; n++) {
            int from = Math.max(0, Math.min(length - 1, at + n - radius)) * run;
            double weight = kernel[n];
            for (int x = 0; x < run; x++) {
                sum[x] += weight * in[from + x];
            }
        }
    }
}
