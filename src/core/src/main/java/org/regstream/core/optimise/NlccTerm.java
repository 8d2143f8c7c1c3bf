package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Shapes;

/**
 * Minus the normalised local cross-correlation (METHODS, Eq. 1) of the fixed image f and the pulled moving image g, squared,
 * over windows of r³ voxels, the one that networks are trained on:
 *
 * <pre>
 * L = - mean over x of cov² / (varF varG + 1e-5)
 * </pre>
 *
 * Covariance and variances are sums over the voxels around x that count; in [-1, 0]. A voxel counts where the fixed image is
 * known and the field pulls from where the moving image is known; which ones these are is taken as given when differentiating.
 *
 * <p>Derivative: with A = 2 cov / (varF varG + 1e-5) and B = -cov² varF / (varF varG + 1e-5)², a value g(y) changes
 * cov²/(...) of every window x that holds it by {@code A(x) (f(y) - meanF(x)) + 2 B(x) (g(y) - meanG(x))}: window sums of A, B
 * and A meanF + 2 B meanG.
 */
public final class NlccTerm implements Term {

    /** As in training: constant windows count 0. */
    private static final double STABILISER = 1e-5;

    /** A voxel is pulled from inside the moving image if more than this share of its neighbours is. */
    private static final float COVERED = 0.5f;

    private static final int IMAGE = 0;
    private static final int MASK = 1;

    private final Grid grid;
    private final boolean[] fixedInside;
    private final float[] fixed;
    private final Pull moving;
    private final BoxSum windows;
    private final boolean[] counts;
    private final float[] pulled;
    private final float[][] slope;
    private final float[] n;
    private final float[] f;
    private final float[] g;
    private final float[] ff;
    private final float[] gg;
    private final float[] fg;

    /** @param window edge of the window, voxels, odd, at least 3 */
    public NlccTerm(ImagePair pair, int window) {
        if (window < 3 || window % 2 == 0) {
            throw new IllegalArgumentException("window must be odd and at least 3 voxels, got " + window);
        }
        grid = pair.grid();
        fixedInside = pair.fixedInside();
        fixed = pair.fixed().values();
        moving = new Pull(grid, 2, besideItsMask(pair));
        windows = new BoxSum(grid, window);
        int size = grid.size();
        counts = new boolean[size];
        pulled = new float[size];
        slope = new float[3][size];
        n = new float[size];
        f = new float[size];
        g = new float[size];
        ff = new float[size];
        gg = new float[size];
        fg = new float[size];
    }

    private static float[] besideItsMask(ImagePair pair) {
        float[] image = pair.moving().values();
        float[] both = new float[2 * image.length];
        for (int x = 0; x < image.length; x++) {
            both[2 * x + IMAGE] = image[x];
            both[2 * x + MASK] = pair.movingInside()[x] ? 1 : 0;
        }
        return both;
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient) {
        Shapes.requireLength("displacement", u.length, grid, 3);
        double counted = Slices.sum(grid.depth(), k -> pull(k, u));
        if (counted == 0) {
            return 0;
        }
        for (float[] sums : new float[][]{n, f, g, ff, gg, fg}) {
            windows.inPlace(sums);
        }
        double total = Slices.sum(grid.depth(), this::correlate);
        for (float[] shares : new float[][]{ff, gg, fg}) {
            windows.inPlace(shares);
        }
        Slices.forEach(grid.depth(), k -> differentiate(k, (float) (-weight / counted), gradient));
        return -total / counted;
    }

    /** Pulls one slice and sets out what is summed over windows. @return how many voxels count */
    private double pull(int k, float[] u) {
        int size = grid.size();
        float[] out = new float[8];
        int counted = 0;
        for (int j = 0, x = grid.offset(k, 0, 0); j < grid.height(); j++) {
            for (int i = 0; i < grid.width(); i++, x++) {
                moving.at(k + (double) u[x], j + (double) u[size + x], i + (double) u[2 * size + x], out);
                counts[x] = fixedInside[x] && out[MASK] > COVERED;
                counted += counts[x] ? 1 : 0;
                pulled[x] = out[IMAGE];
                for (int axis = 0; axis < 3; axis++) {
                    slope[axis][x] = out[2 * (axis + 1) + IMAGE];
                }
                setOut(x);
            }
        }
        return counted;
    }

    /** What does not count is 0 in every sum, whatever the padding holds. */
    private void setOut(int x) {
        n[x] = counts[x] ? 1 : 0;
        f[x] = counts[x] ? fixed[x] : 0;
        g[x] = counts[x] ? pulled[x] : 0;
        ff[x] = f[x] * f[x];
        gg[x] = g[x] * g[x];
        fg[x] = f[x] * g[x];
    }

    /** Sums the correlations of one slice, and puts A, B and A meanF + 2 B meanG in the place of ff, gg and fg. */
    private double correlate(int k) {
        double sum = 0;
        int from = grid.offset(k, 0, 0);
        for (int x = from; x < from + grid.height() * grid.width(); x++) {
            if (counts[x]) {
                sum += correlate(x, n[x]);
            } else {
                ff[x] = 0;
                gg[x] = 0;
                fg[x] = 0;
            }
        }
        return sum;
    }

    private double correlate(int x, double count) {
        double meanF = f[x] / count;
        double meanG = g[x] / count;
        double cov = fg[x] - f[x] * meanG;
        double varF = ff[x] - f[x] * meanF;
        double varG = gg[x] - g[x] * meanG;
        double product = varF * varG + STABILISER;
        double a = 2 * cov / product;
        double b = -cov * cov * varF / (product * product);
        ff[x] = (float) a;
        gg[x] = (float) b;
        fg[x] = (float) (a * meanF + 2 * b * meanG);
        return cov * cov / product;
    }

    private void differentiate(int k, float factor, float[] gradient) {
        int size = grid.size();
        int from = grid.offset(k, 0, 0);
        for (int x = from; x < from + grid.height() * grid.width(); x++) {
            if (counts[x]) {
                float byValue = factor * (ff[x] * fixed[x] + 2 * gg[x] * pulled[x] - fg[x]);
                gradient[x] += byValue * slope[0][x];
                gradient[size + x] += byValue * slope[1][x];
                gradient[2 * size + x] += byValue * slope[2][x];
            }
        }
    }
}
