package org.regstream.core.similarity;

import org.regstream.core.volume.Volume;

/** Mean squared difference of two images: {@code mean of (I(x) - J(x))²}, squared intensity units, 0 is best. */
public final class Mse {

    private Mse() {}

    /** Over all voxels. */
    public static double of(Volume fixed, Volume moving) {
        return of(fixed, moving, null);
    }

    /**
     * @param fixed  intensities, [D, H, W]. Not modified.
     * @param moving intensities of the same unit on the same grid. Not modified.
     * @param mask   true where a voxel counts, [D, H, W]; null counts all. Not modified.
     */
    public static double of(Volume fixed, Volume moving, boolean[] mask) {
        Masked.require(fixed, moving, mask);
        float[] f = fixed.values();
        float[] m = moving.values();
        double sum = 0;
        for (int x = 0; x < f.length; x++) {
            if (mask == null || mask[x]) {
                double difference = (double) f[x] - m[x];
                sum += difference * difference;
            }
        }
        return sum / Masked.count(f.length, mask);
    }
}
