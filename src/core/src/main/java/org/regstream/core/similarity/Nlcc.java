package org.regstream.core.similarity;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/**
 * Normalised local cross-correlation, squared (METHODS, equation 1): the mean over voxels x of
 *
 * <pre>
 * cov(I, J)² / (var(I) var(J))     over the window³ voxels around x
 * </pre>
 *
 * in [0, 1], higher is better; invariant to gain and offset of either image. Windows are cut at the border of the image and
 * of the mask. A window in which one image is constant counts 0; there is no stabiliser.
 */
public final class Nlcc {

    /** METHODS: hippocampus. */
    public static final int DEFAULT_WINDOW = 5;

    /** A variance below this share of the mean square (after the image's mean is taken off) is rounding. */
    private static final double CONSTANT = 1e-10;

    private Nlcc() {}

    /** With the default window, over all voxels. */
    public static double of(Volume fixed, Volume moving) {
        return of(fixed, moving, DEFAULT_WINDOW, null);
    }

    /**
     * @param fixed  intensities, [D, H, W], any unit. Not modified.
     * @param moving intensities on the same grid. Not modified.
     * @param window edge of the window, voxels, odd
     * @param mask   true where a voxel counts, both as a centre and inside windows, [D, H, W]; null counts all. Not modified.
     * @return in [0, 1]
     */
    public static double of(Volume fixed, Volume moving, int window, boolean[] mask) {
        double[] sum = new double[1];
        run(fixed, moving, window, mask).forEach((x, nlcc) -> sum[0] += nlcc);
        return sum[0] / Masked.count(fixed.values().length, mask);
    }

    /**
     * The local value in the window around each voxel; arguments as of {@link #of(Volume, Volume, int, boolean[])}.
     *
     * @return new volume, [D, H, W], in [0, 1], 0 outside the mask
     */
    public static Volume map(Volume fixed, Volume moving, int window, boolean[] mask) {
        float[] local = new float[fixed.values().length];
        run(fixed, moving, window, mask).forEach((x, nlcc) -> local[x] = (float) nlcc);
        return Volume.takeOwnershipOf(fixed.grid(), local);
    }

    private static Run run(Volume fixed, Volume moving, int window, boolean[] mask) {
        Masked.require(fixed, moving, mask);
        if (window < 3 || window % 2 == 0) {
            throw new IllegalArgumentException("window must be odd and at least 3 voxels, got " + window);
        }
        return new Run(fixed, moving, window / 2, mask);
    }

    /** Takes the value of the voxel at an offset. */
    private interface Sink {
        void accept(int offset, double nlcc);
    }

    /** Keeps in-plane window sums of the slices within reach, so that memory does not grow with depth. */
    private static final class Run {
        private static final int SUMS = 6; // n, I, J, II, JJ, IJ
        private final Grid grid;
        private final float[] fixed;
        private final float[] moving;
        private final double meanFixed;
        private final double meanMoving;
        private final boolean[] mask;
        private final int radius;
        private final double[][][] ring;
        private final double[][] total;
        private final double[] product;
        private final double[] rows;

        Run(Volume fixed, Volume moving, int radius, boolean[] mask) {
            grid = fixed.grid();
            this.fixed = fixed.values();
            this.moving = moving.values();
            this.radius = radius;
            this.mask = mask;
            meanFixed = Masked.mean(this.fixed, mask);
            meanMoving = Masked.mean(this.moving, mask);
            int plane = grid.height() * grid.width();
            ring = new double[2 * radius + 1][SUMS][plane];
            total = new double[SUMS][plane];
            product = new double[plane];
            rows = new double[plane];
        }

        /** Each voxel of the mask, in order. */
        void forEach(Sink sink) {
            for (int k = 0; k < Math.min(radius, grid.depth()); k++) {
                sumPlane(k);
            }
            for (int k = 0; k < grid.depth(); k++) {
                if (k + radius < grid.depth()) {
                    sumPlane(k + radius);
                }
                slice(k, sink);
            }
        }

        private void sumPlane(int k) {
            for (int q = 0; q < SUMS; q++) {
                multiply(k, q);
                double[] sums = ring[k % ring.length][q];
                Arrays.fill(rows, 0);
                Arrays.fill(sums, 0);
                for (int shift = -radius; shift <= radius; shift++) {
                    addAlongRows(shift);
                }
                for (int shift = -radius; shift <= radius; shift++) {
                    addAlongColumns(shift, sums);
                }
            }
        }

        private void multiply(int k, int q) {
            int start = grid.offset(k, 0, 0);
            for (int p = 0; p < product.length; p++) {
                int x = start + p;
                if (mask != null && !mask[x]) {
                    product[p] = 0;
                    continue;
                }
                double f = fixed[x] - meanFixed;
                double m = moving[x] - meanMoving;
                product[p] = q == 0 ? 1 : q == 1 ? f : q == 2 ? m : q == 3 ? f * f : q == 4 ? m * m : f * m;
            }
        }

        private void addAlongRows(int shift) {
            int w = grid.width();
            int from = Math.max(0, -shift);
            int to = Math.min(w, w - shift);
            for (int row = 0; row < product.length; row += w) {
                for (int i = from; i < to; i++) {
                    rows[row + i] += product[row + i + shift];
                }
            }
        }

        private void addAlongColumns(int shift, double[] sums) {
            int by = shift * grid.width();
            int from = Math.max(0, -by);
            int to = Math.min(rows.length, rows.length - by);
            for (int p = from; p < to; p++) {
                sums[p] += rows[p + by];
            }
        }

        private void slice(int k, Sink sink) {
            for (int q = 0; q < SUMS; q++) {
                Arrays.fill(total[q], 0);
                for (int s = Math.max(0, k - radius); s <= Math.min(grid.depth() - 1, k + radius); s++) {
                    add(ring[s % ring.length][q], total[q]);
                }
            }
            int start = grid.offset(k, 0, 0);
            for (int p = 0; p < product.length; p++) {
                if (mask == null || mask[start + p]) {
                    sink.accept(start + p, correlation(p));
                }
            }
        }

        private static void add(double[] from, double[] to) {
            for (int p = 0; p < to.length; p++) {
                to[p] += from[p];
            }
        }

        private double correlation(int p) {
            double n = total[0][p];
            double f = total[1][p];
            double m = total[2][p];
            double varF = total[3][p] - f * f / n;
            double varM = total[4][p] - m * m / n;
            if (!(varF > CONSTANT * total[3][p] && varM > CONSTANT * total[4][p])) {
                return Double.isNaN(varF + varM) ? Double.NaN : 0;
            }
            double cov = total[5][p] - f * m / n;
            return Math.min(1, cov * cov / (varF * varM));
        }
    }
}
