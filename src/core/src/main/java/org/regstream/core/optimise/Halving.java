package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/** Every second voxel of an image, voxel 0 first, after smoothing by (1, 4, 6, 4, 1) / 16 along each axis (Burt and Adelson 1983). */
final class Halving {
    private static final float[] WEIGHTS = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

    private Halving() {}

    /** Shape of the result; where it is in space is not kept. */
    static Grid of(Grid g) {
        return new Grid(half(g.depth()), half(g.height()), half(g.width()), g.affine());
    }

    static Volume of(Volume image) {
        return Volume.takeOwnershipOf(of(image.grid()), of(image.values(), 0, image.grid()));
    }

    static LabelProbabilities of(LabelProbabilities p) {
        Grid half = of(p.grid());
        float[] out = new float[p.channels() * half.size()];
        for (int c = 0; c < p.channels(); c++) {
            System.arraycopy(of(p.values(), c * p.grid().size(), p.grid()), 0, out, c * half.size(), half.size());
        }
        return LabelProbabilities.takeOwnershipOf(half, p.channels(), out);
    }

    /** @param mask [D, H, W]. @return every second voxel, as it is */
    static boolean[] of(boolean[] mask, Grid g) {
        Grid half = of(g);
        boolean[] out = new boolean[half.size()];
        for (int k = 0, x = 0; k < half.depth(); k++) {
            for (int j = 0; j < half.height(); j++) {
                for (int i = 0; i < half.width(); i++, x++) {
                    out[x] = mask[g.offset(2 * k, 2 * j, 2 * i)];
                }
            }
        }
        return out;
    }

    private static int half(int length) {
        return (length + 1) / 2;
    }

    private static float[] of(float[] a, int base, Grid g) {
        int d = g.depth();
        int h = g.height();
        int w = g.width();
        float[] alongK = along(a, base, 1, d, h * w);
        float[] alongJ = along(alongK, 0, half(d), h, w);
        return along(alongJ, 0, half(d) * half(h), w, 1);
    }

    /** From [blocks, length, run] to [blocks, half, run]; beyond the border the border's value goes on. */
    private static float[] along(float[] a, int base, int blocks, int length, int run) {
        int half = half(length);
        float[] out = new float[blocks * half * run];
        for (int block = 0; block < blocks; block++) {
            for (int x = 0; x < half; x++) {
                int to = (block * half + x) * run;
                for (int n = 0; n < WEIGHTS.length; n++) {
                    int from = base + (block * length + Math.max(0, Math.min(length - 1, 2 * x + n - 2))) * run;
                    for (int r = 0; r < run; r++) {
                        out[to + r] += WEIGHTS[n] * a[from + r];
                    }
                }
            }
        }
        return out;
    }
}
