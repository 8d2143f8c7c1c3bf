package org.regstream.core.similarity;

import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/** What the measures share: two images on one grid, and the voxels that count. */
final class Masked {

    private Masked() {}

    /** @throws IllegalArgumentException if the grids differ, or the mask has another size or keeps nothing */
    static void require(Volume a, Volume b, boolean[] mask) {
        Shapes.requireSameGrid("images", a.grid(), b.grid());
        if (mask != null) {
            Shapes.requireLength("mask", mask.length, a.grid(), 1);
        }
        if (count(a.values().length, mask) == 0) {
            throw new IllegalArgumentException("mask must keep at least one voxel of " + a.grid());
        }
    }

    static int count(int size, boolean[] mask) {
        if (mask == null) {
            return size;
        }
        int n = 0;
        for (boolean inside : mask) {
            n += inside ? 1 : 0;
        }
        return n;
    }

    static double mean(float[] values, boolean[] mask) {
        double sum = 0;
        for (int x = 0; x < values.length; x++) {
            sum += mask == null || mask[x] ? values[x] : 0;
        }
        return sum / count(values.length, mask);
    }
}
