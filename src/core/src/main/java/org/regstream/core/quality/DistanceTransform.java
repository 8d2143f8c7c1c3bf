package org.regstream.core.quality;

import java.util.Arrays;

/**
 * Exact Euclidean distance to the nearest site of an array [D, H, W], by lower envelopes of parabolas along one axis after
 * the other (Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions", 2012). Linear in the voxels.
 */
final class DistanceTransform {

    private DistanceTransform() {}

    /**
     * @param sites     [D, H, W]. Not modified.
     * @param shape     {D, H, W}
     * @param spacingMm along k, j, i; the axes are perpendicular
     * @return squared distance, mm², [D, H, W], a new array; infinite everywhere if there is no site
     */
    static float[] squaredMm(boolean[] sites, int[] shape, double[] spacingMm) {
        float[] squared = new float[sites.length];
        for (int x = 0; x < sites.length; x++) {
            squared[x] = sites[x] ? 0 : Float.POSITIVE_INFINITY;
        }
        int d = shape[0];
        int h = shape[1];
        int w = shape[2];
        Line line = new Line(Math.max(d, Math.max(h, w)));
        for (int row = 0; row < d * h; row++) {
            line.transform(squared, row * w, 1, w, spacingMm[2]);
        }
        for (int k = 0; k < d; k++) {
            for (int i = 0; i < w; i++) {
                line.transform(squared, k * h * w + i, w, h, spacingMm[1]);
            }
        }
        for (int column = 0; column < h * w; column++) {
            line.transform(squared, column, h * w, d, spacingMm[0]);
        }
        return squared;
    }

    /** Scratch for one line: {@code out(q) = min over p of in(p) + (spacing (q - p))²}. */
    private static final class Line {
        private final double[] in;
        private final int[] apex;
        private final double[] from;

        Line(int longest) {
            in = new double[longest];
            apex = new int[longest];
            from = new double[longest + 1];
        }

        void transform(float[] a, int start, int stride, int n, double spacing) {
            for (int q = 0; q < n; q++) {
                in[q] = a[start + q * stride];
            }
            double unit = spacing * spacing;
            int parabolas = envelope(n, unit);
            for (int q = 0, p = 0; q < n && parabolas > 0; q++) {
                while (from[p + 1] < q) {
                    p++;
                }
                double distance = q - apex[p];
                a[start + q * stride] = (float) (unit * distance * distance + in[apex[p]]);
            }
        }

        /** Parabola p is lowest from {@code from[p]} to {@code from[p + 1]}; returns how many there are. */
        private int envelope(int n, double unit) {
            int count = 0;
            for (int q = 0; q < n; q++) {
                if (in[q] == Double.POSITIVE_INFINITY) {
                    continue;
                }
                double cross = Double.NEGATIVE_INFINITY;
                while (count > 0) {
                    cross = crossing(apex[count - 1], q, unit);
                    if (cross > from[count - 1]) {
                        break;
                    }
                    count--;
                    cross = Double.NEGATIVE_INFINITY;
                }
                apex[count] = q;
                from[count++] = cross;
            }
            Arrays.fill(from, count, Math.min(count + 1, from.length), Double.POSITIVE_INFINITY);
            return count;
        }

        private double crossing(int p, int q, double unit) {
            return (in[q] - in[p] + unit * ((double) q * q - (double) p * p)) / (2 * unit * (q - p));
        }
    }
}
