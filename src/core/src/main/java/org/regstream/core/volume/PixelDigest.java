package org.regstream.core.volume;

/** A number that is equal for equal images: noise makes no two alike. Not against somebody who wants two to be. */
public final class PixelDigest {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private PixelDigest() {}

    /** @return of all voxels and their shape; where they lie does not count */
    public static long of(Volume volume) {
        long digest = 0;
        for (int side : volume.grid().shape()) {
            digest = mixed(digest, side);
        }
        for (float value : volume.values()) {
            digest = mixed(digest, Float.floatToIntBits(value));
        }
        return digest;
    }

    private static long mixed(long digest, int word) {
        long product = (digest ^ word) * MULTIPLIER;
        return product ^ product >>> 32;
    }
}
