package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Shapes;

/**
 * Minus the normalised local cross-correlation (METHODS, Eq. 1) of the fixed image f and the pulled moving image g, squared,
 * over windows of r³ voxels; with no floor it is the one that networks are trained on:
 *
 * <pre>
 * L = - mean over x of cov² / (varF varG + 1e-5)
 * </pre>
 *
 * Covariance and variances are sums over the voxels around x that count; in [-1, 0]. To either variance a floor is added, the
 * same for every voxel that counts: a window that shows noise alone would otherwise say as much as one with an edge. A voxel
 * counts where the fixed image is known and the field pulls from where the moving image is known; which ones these are is taken
 * as given when differentiating.
 *
 * <p>Derivative, floors included in the variances: with A = 2 cov / (varF varG + 1e-5) and
 * B = -cov² varF / (varF varG + 1e-5)², a value g(y) changes cov²/(...) of every window x that holds it by
 * {@code A(x) (f(y) - meanF(x)) + 2 B(x) (g(y) - meanG(x))}: window sums of A, B and A meanF + 2 B meanG.
 *
 * <p>Curvature: 1 - cov²/(varF varG) is what is left, over varF, when a line a g + b is fitted to f in the window, so that Gauss
 * and Newton's second derivative by g(y) is the window sum of 2 a²/varF = -2 B.
 */
public final class NlccTerm implements PointwiseTerm {

    /** As in training: constant windows count 0. */
    private static final double STABILISER = 1e-5;

    private final Grid grid;
    private final Part part;
    private final boolean[] mayCount;
    private final Pull moving;
    private final Coverage coverage;
    private final BoxSum windows;
    private final double floor;
    private final double[] oneOver;
    private final double[] parts;
    private final boolean[] isFresh;
    private final boolean[] counts;
    private final float[][] slope;
    // padded planes: what is summed, and the sums
    private final float[] fixed;
    private final float[] n;
    private final float[] f;
    private final float[] g;
    private final float[] work;
    private final float[] rows;
    private final float[][] flat = new float[6][];
    private final float[][] sums = new float[6][];

    /** @param window edge of the window, voxels, odd, at least 3
     *  @param floor  variance that is added per voxel, at least 0 */
    public NlccTerm(ImagePair pair, int window, double floor) {
        this(View.of(pair), window, floor);
    }

    NlccTerm(View view, int window, double floor) {
        if (window < 3 || window % 2 == 0) {
            throw new IllegalArgumentException("window must be odd and at least 3 voxels, got " + window);
        }
        part = view.part();
        grid = part.grid();
        mayCount = view.mayCount();
        moving = new Pull(view.moving().grid(), 1, view.moving().values());
        coverage = view.coverage();
        windows = new BoxSum(grid, window);
        this.floor = floor;
        oneOver = new double[window * window * window + 1];
        for (int count = 1; count < oneOver.length; count++) {
            oneOver[count] = 1.0 / count;
        }
        parts = new double[grid.depth()];
        isFresh = new boolean[grid.depth()];
        Arrays.fill(isFresh, true);
        counts = new boolean[grid.size()];
        slope = new float[3][grid.size()];
        int padded = grid.depth() * windows.plane();
        fixed = padded(view.fixed());
        n = new float[padded];
        f = new float[padded];
        g = new float[padded];
        work = new float[padded];
        rows = new float[padded];
        for (int q = 0; q < 6; q++) {
            flat[q] = new float[padded];
            sums[q] = new float[padded];
        }
    }

    private float[] padded(float[] image) {
        float[] out = new float[grid.depth() * windows.plane()];
        for (int k = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                System.arraycopy(image, grid.offset(k, j, 0), out, k * windows.plane() + windows.row(j), grid.width());
            }
        }
        return out;
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient, float[] curvature) {
        Shapes.requireLength("displacement", u.length, grid, 3);
        double counted = Slices.sum(parts, grid.size(), k -> pull(k, u));
        if (counted == 0) {
            return 0;
        }
        double total = Slices.sum(parts, grid.size(), this::correlate);
        float factor = (float) (-weight / counted);
        Slices.forEach(grid.depth(), grid.size(), k -> differentiate(k, factor, gradient, curvature));
        return -total / counted;
    }

    /** Pulls one slice and sums what windows need of it within the plane. @return how many voxels count */
    private double pull(int k, float[] u) {
        int size = grid.size();
        float[] out = new float[4];
        int counted = 0;
        boolean changed = isFresh[k];
        float atK = k + part.offset(0);
        for (int j = 0, x = grid.offset(k, 0, 0); j < grid.height(); j++) {
            float atJ = j + part.offset(1);
            int p = k * windows.plane() + windows.row(j);
            for (int i = 0; i < grid.width(); i++, x++, p++) {
                float pullK = atK + u[x];
                float pullJ = atJ + u[size + x];
                float pullI = i + part.offset(2) + u[2 * size + x];
                boolean count = mayCount[x] && coverage.at(pullK, pullJ, pullI);
                changed |= count != counts[x];
                counts[x] = count;
                if (count) {
                    counted++;
                    moving.at(pullK, pullJ, pullI, out);
                    g[p] = out[0];
                    slope[0][x] = out[1];
                    slope[1][x] = out[2];
                    slope[2][x] = out[3];
                } else {
                    g[p] = 0;
                }
            }
        }
        if (changed) {
            countFixed(k);
        }
        int base = k * windows.plane();
        windows.inPlane(g, base, rows, flat[2]);
        product(g, g, base, flat[4]);
        product(f, g, base, flat[5]);
        isFresh[k] = false;
        return counted;
    }

    /** What stays as it is from field to field as long as the same voxels count. */
    private void countFixed(int k) {
        int base = k * windows.plane();
        for (int j = 0, x = grid.offset(k, 0, 0); j < grid.height(); j++) {
            int p = base + windows.row(j);
            for (int i = 0; i < grid.width(); i++, x++, p++) {
                n[p] = counts[x] ? 1 : 0;
                f[p] = counts[x] ? fixed[p] : 0;
            }
        }
        windows.inPlane(n, base, rows, flat[0]);
        windows.inPlane(f, base, rows, flat[1]);
        product(f, f, base, flat[3]);
    }

    private void product(float[] a, float[] b, int base, float[] out) {
        int to = base + windows.plane();
        for (int p = base; p < to; p++) {
            work[p] = a[p] * b[p];
        }
        windows.inPlane(work, base, rows, out);
    }

    /**
     * Sums the correlations of one slice. The sums within the plane of A, B and A meanF + 2 B meanG then lie in the first three
     * of {@link #sums}: what was summed of this slice is no longer needed.
     */
    private double correlate(int k) {
        for (int q = 0; q < 6; q++) {
            windows.across(k, flat[q], sums[q]);
        }
        int base = k * windows.plane();
        clearPadding(base);
        double total = 0;
        for (int j = 0, x = grid.offset(k, 0, 0); j < grid.height(); j++) {
            int p = base + windows.row(j);
            for (int i = 0; i < grid.width(); i++, x++, p++) {
                total += counts[x] ? correlateAt(p) : nothing(p);
            }
        }
        for (int q = 3; q < 6; q++) {
            windows.inPlane(sums[q], base, rows, sums[q - 3]);
        }
        return total;
    }

    /** Between the rows, where the sums ran on. */
    private void clearPadding(int base) {
        for (int j = 0; j + 1 < grid.height(); j++) {
            for (int q = 3; q < 6; q++) {
                Arrays.fill(sums[q], base + windows.row(j) + grid.width(), base + windows.row(j + 1), 0);
            }
        }
    }

    private double correlateAt(int p) {
        double mean = oneOver[(int) sums[0][p]];
        double sumF = sums[1][p];
        double sumG = sums[2][p];
        double meanF = sumF * mean;
        double meanG = sumG * mean;
        double cov = sums[5][p] - sumF * meanG;
        double least = floor * sums[0][p];
        double varF = sums[3][p] - sumF * meanF + least;
        double varG = sums[4][p] - sumG * meanG + least;
        double share = cov / (varF * varG + STABILISER);
        double a = 2 * share;
        double b = -share * share * varF;
        sums[3][p] = (float) a;
        sums[4][p] = (float) b;
        sums[5][p] = (float) (a * meanF + 2 * b * meanG);
        return cov * share;
    }

    private double nothing(int p) {
        sums[3][p] = 0;
        sums[4][p] = 0;
        sums[5][p] = 0;
        return 0;
    }

    private void differentiate(int k, float factor, float[] gradient, float[] curvature) {
        for (int q = 0; q < 3; q++) {
            windows.across(k, sums[q], spare(q));
        }
        float[] sumA = spare(0);
        float[] sumB = spare(1);
        float[] sumMeans = spare(2);
        int size = grid.size();
        for (int j = 0, x = grid.offset(k, 0, 0); j < grid.height(); j++) {
            int p = k * windows.plane() + windows.row(j);
            for (int i = 0; i < grid.width(); i++, x++, p++) {
                if (counts[x]) {
                    float byK = slope[0][x];
                    float byJ = slope[1][x];
                    float byI = slope[2][x];
                    float byValue = factor * (sumA[p] * f[p] + 2 * sumB[p] * g[p] - sumMeans[p]);
                    gradient[x] += byValue * byK;
                    gradient[size + x] += byValue * byJ;
                    gradient[2 * size + x] += byValue * byI;
                    if (curvature != null) {
                        PointwiseTerm.addOuter(curvature, x, size, factor * 2 * sumB[p], byK, byJ, byI);
                    }
                }
            }
        }
    }

    /** Padded planes for the sums of A, B and the means: those of g, gg and fg, which the next field sets anew. */
    private float[] spare(int q) {
        return q == 0 ? flat[2] : flat[q + 3];
    }
}
