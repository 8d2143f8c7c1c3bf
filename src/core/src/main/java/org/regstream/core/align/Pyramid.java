package org.regstream.core.align;

import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/**
 * An image at the resolutions that alignment looks at, coarse to fine. Made once for an image and reused: a pre-operative one
 * meets many live ones. Immutable.
 */
public final class Pyramid {

    /** Coarsest distance of voxel centres, mm: a head is then some 20 voxels wide. */
    private static final double COARSEST_MM = 8;

    /** Smaller images are looked at more closely: this many voxels across, at least. */
    private static final double ACROSS = 16;

    /** Each level has half the distance of the one before. */
    static final int LEVELS = 3;

    private final double volumeMm3;
    private final double coarsestMm;
    private final List<Volume> levels;

    private Pyramid(Volume image, double coarsestMm) {
        volumeMm3 = volumeMm3(image.grid());
        this.coarsestMm = coarsestMm;
        Volume fine = Blocks.of(image.filled(), coarsestMm / 4);
        Volume middle = Blocks.of(fine, coarsestMm / 2);
        levels = List.of(Blocks.of(middle, coarsestMm), middle, fine);
    }

    /**
     * @param image [D, H, W], any unit; padding counts as its darkest tone; referenced where it is no finer than the finest level. Not
     *              modified.
     */
    public static Pyramid of(Volume image) {
        return new Pyramid(image, Math.min(COARSEST_MM, Math.cbrt(volumeMm3(image.grid())) / ACROSS));
    }

    /** @param like whose resolutions are met */
    static Pyramid of(Volume image, Pyramid like) {
        return new Pyramid(image, like.coarsestMm);
    }

    private static double volumeMm3(Grid g) {
        return g.size() * Math.abs(g.affine().determinant());
    }

    /** Distance of voxel centres at a level, mm; voxels that are larger stay as they are. */
    double spacingMm(int level) {
        return coarsestMm / (1 << level);
    }

    /** @param level 0 (coarsest) to {@link #LEVELS} - 1. @return [D, H, W] */
    Volume level(int level) {
        return levels.get(level);
    }

    /** The finest level: alignment sees no more of the image than this. @return [D, H, W], without padding */
    public Volume finest() {
        return level(LEVELS - 1);
    }

    /** Whether this sees less than half of the space that the other one sees. */
    boolean isMuchSmallerThan(Pyramid other) {
        return 2 * volumeMm3 < other.volumeMm3;
    }

    /** Whether a level has nothing to tell apart. */
    boolean isFlat() {
        return levels.stream().anyMatch(l -> Tones.of(l.values()).isFlat());
    }
}
