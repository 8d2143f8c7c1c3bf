package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;

/** Whether a field pulls from where the moving image is known: more than half of what the trilinear pull reads is. */
final class Coverage {
    private static final float COVERED = 0.5f;
    private static final byte NOTHING = 0;
    private static final byte ALL = 8;

    private final boolean[] inside;
    private final byte[] cells;
    private final int depth;
    private final int height;
    private final int width;

    /** @param inside [D, H, W]; referenced */
    Coverage(Grid grid, boolean[] inside) {
        this.inside = inside;
        depth = grid.depth();
        height = grid.height();
        width = grid.width();
        cells = new byte[grid.size()];
        int plane = height * width;
        for (int k = 0, x = 0; k < depth; k++) {
            int dk = k + 1 < depth ? plane : 0;
            for (int j = 0; j < height; j++) {
                int dj = j + 1 < height ? width : 0;
                for (int i = 0; i < width; i++, x++) {
                    int di = i + 1 < width ? 1 : 0;
                    cells[x] = (byte) (pairs(x, di) + pairs(x + dj, di) + pairs(x + dk, di) + pairs(x + dk + dj, di));
                }
            }
        }
    }

    private int pairs(int x, int di) {
        return (inside[x] ? 1 : 0) + (inside[x + di] ? 1 : 0);
    }

    private int corner(int x, int k, int j, int i, int corner) {
        return x + ((corner & 1) != 0 && k + 1 < depth ? height * width : 0)
                + ((corner & 2) != 0 && j + 1 < height ? width : 0) + ((corner & 4) != 0 && i + 1 < width ? 1 : 0);
    }

    /** @param k fractional index, voxels; likewise j and i. Beyond the array the border goes on. */
    boolean at(float k, float j, float i) {
        float kc = Pull.clamp(k, depth);
        float jc = Pull.clamp(j, height);
        float ic = Pull.clamp(i, width);
        int k0 = (int) kc;
        int j0 = (int) jc;
        int i0 = (int) ic;
        int x = (k0 * height + j0) * width + i0;
        byte known = cells[x];
        return known == ALL || known != NOTHING && share(x, k0, j0, i0, kc - k0, jc - j0, ic - i0) > COVERED;
    }

    private float share(int x, int k, int j, int i, float wk, float wj, float wi) {
        float share = 0;
        for (int corner = 0; corner < 8; corner++) {
            share += inside[corner(x, k, j, i, corner)]
                    ? ((corner & 1) != 0 ? wk : 1 - wk) * ((corner & 2) != 0 ? wj : 1 - wj)
                            * ((corner & 4) != 0 ? wi : 1 - wi)
                    : 0;
        }
        return share;
    }
}
