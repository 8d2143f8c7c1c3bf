package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;

/**
 * The trilinear pull of {@code core.warp} for several channels at once, with its derivative by the place that is read.
 *
 * <p>Channels lie side by side, [D, H, W, C]: eight neighbours are eight short runs of memory. Beyond the array the border's
 * value goes on, and the derivative is 0.
 */
final class Pull {
    private final float[] values;
    private final int channels;
    private final int depth;
    private final int height;
    private final int width;

    /** @param values [D, H, W, C]; referenced */
    Pull(Grid grid, int channels, float[] values) {
        this.values = values;
        this.channels = channels;
        depth = grid.depth();
        height = grid.height();
        width = grid.width();
    }

    /**
     * @param k   fractional index, voxels; likewise j and i
     * @param out [4, C]: the values, then their derivatives by k, j and i, 1 / voxel
     */
    void at(float k, float j, float i, float[] out) {
        float kc = clamp(k, depth);
        float jc = clamp(j, height);
        float ic = clamp(i, width);
        int k0 = (int) kc;
        int j0 = (int) jc;
        int i0 = (int) ic;
        float wk = kc - k0;
        float wj = jc - j0;
        float wi = ic - i0;
        int dk = k0 + 1 < depth ? height * width * channels : 0;
        int dj = j0 + 1 < height ? width * channels : 0;
        int di = i0 + 1 < width ? channels : 0;
        float freeK = k > 0 ? 1 : 0;
        float freeJ = j > 0 ? 1 : 0;
        float freeI = i > 0 ? 1 : 0;
        int p = ((k0 * height + j0) * width + i0) * channels;
        for (int c = 0; c < channels; c++, p++) {
            float s00 = values[p + di] - values[p];
            float s01 = values[p + dj + di] - values[p + dj];
            float s10 = values[p + dk + di] - values[p + dk];
            float s11 = values[p + dk + dj + di] - values[p + dk + dj];
            float a00 = values[p] + wi * s00;
            float a01 = values[p + dj] + wi * s01;
            float a10 = values[p + dk] + wi * s10;
            float a11 = values[p + dk + dj] + wi * s11;
            float a0 = a00 + wj * (a01 - a00);
            float a1 = a10 + wj * (a11 - a10);
            float s0 = s00 + wj * (s01 - s00);
            float s1 = s10 + wj * (s11 - s10);
            out[c] = a0 + wk * (a1 - a0);
            out[channels + c] = freeK * (a1 - a0);
            out[2 * channels + c] = freeJ * (a01 - a00 + wk * (a11 - a10 - (a01 - a00)));
            out[3 * channels + c] = freeI * (s0 + wk * (s1 - s0));
        }
    }

    /** The index within an axis of so many voxels. Not a number counts as 0: what is not finite is found by whoever sums it up. */
    static float clamp(float index, int length) {
        return index > 0 ? Math.min(index, length - 1) : 0;
    }
}
