package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Warp;

/**
 * Two images on one grid, and where each of them is known: padding around an image is not evidence of anything.
 *
 * @param fixed        intensities, [D, H, W], mapped to about [0, 1]
 * @param fixedInside  true where the voxel belongs to the fixed image, [D, H, W]. Not to be modified.
 * @param moving       likewise, on the same grid
 * @param movingInside true where the voxel belongs to the moving image
 * @param region       true where the fit matters, [D, H, W] of the fixed grid, with a margin for the field to fade in; null if it
 *                     does everywhere. Not to be modified.
 * @param outlines     what a network painted on the two images; null if there is none
 */
public record ImagePair(Volume fixed, boolean[] fixedInside, Volume moving, boolean[] movingInside, boolean[] region,
        Outlines outlines) {

    /** Margin in which the field fades, and as far as structures are looked for; voxels. */
    public static final int DEFAULT_MARGIN = 10;

    /** @throws IllegalArgumentException if shapes differ or a mask keeps no voxel */
    public ImagePair {
        Shapes.requireSameGrid("fixed and moving image", fixed.grid(), moving.grid());
        requireSome("mask of the fixed image", fixedInside, fixed.grid());
        requireSome("mask of the moving image", movingInside, moving.grid());
        if (region != null) {
            requireSome("region", region, fixed.grid());
        }
        if (outlines != null) {
            Shapes.requireSameGrid("images and outlines", fixed.grid(), outlines.fixed().grid());
        }
    }

    /** Everything matters, and nothing is known but the images. */
    public ImagePair(Volume fixed, boolean[] fixedInside, Volume moving, boolean[] movingInside) {
        this(fixed, fixedInside, moving, movingInside, null, null);
    }

    /** @param region true where the fit matters, [D, H, W]; null for everywhere. Referenced. */
    public ImagePair within(boolean[] region) {
        return new ImagePair(fixed, fixedInside, moving, movingInside, region, outlines);
    }

    /**
     * The region that structures need: the box around them as they lie and as {@code start} pulls them, and a margin. Without any
     * structure everything matters.
     *
     * @param labels moving labels, on the grid of the images
     * @param margin voxels, at least 0
     */
    public ImagePair around(LabelMap labels, DisplacementField start, int margin) {
        Shapes.requireSameGrid("images and labels", grid(), labels.grid());
        byte[] lying = labels.labels();
        byte[] pulled = Warp.nearest(labels, start).labels();
        return VoxelBox.around(grid(), x -> lying[x] != 0 || pulled[x] != 0)
                .map(box -> within(Part.of(grid(), box, margin, 1).mask())).orElse(this);
    }

    public ImagePair withOutlines(Outlines outlines) {
        return new ImagePair(fixed, fixedInside, moving, movingInside, region, outlines);
    }

    public Grid grid() {
        return fixed.grid();
    }

    private static void requireSome(String which, boolean[] inside, Grid grid) {
        Shapes.requireLength(which, inside.length, grid, 1);
        for (boolean known : inside) {
            if (known) {
                return;
            }
        }
        throw new IllegalArgumentException("the " + which + " must keep at least one voxel of " + grid);
    }

    /** At half the resolution; where it is in space is not kept. */
    ImagePair halved() {
        return new ImagePair(Halving.of(fixed), Halving.of(fixedInside, grid()), Halving.of(moving),
                Halving.of(movingInside, grid()), null, outlines == null ? null : outlines.halved());
    }

    /** Both images smoothed. @param sigma of the Gaussian, voxels, at least 0 */
    ImagePair smoothed(double sigma) {
        return sigma == 0
                ? this
                : new ImagePair(GaussianSmoothing.ofVoxels(fixed, sigma), fixedInside,
                        GaussianSmoothing.ofVoxels(moving, sigma), movingInside, region, outlines);
    }

    /**
     * The pair with each image's border carried on into its padding, so that neither smoothing nor interpolation mixes padding
     * into the image. The border is that of the box around the mask.
     */
    ImagePair extended() {
        return new ImagePair(extended(fixed, fixedInside), fixedInside, extended(moving, movingInside), movingInside,
                region, outlines);
    }

    private static Volume extended(Volume image, boolean[] inside) {
        Grid g = image.grid();
        Box box = Box.around(g, inside);
        float[] out = new float[g.size()];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    out[x] = image.values()[box.nearest(k, j, i)];
                }
            }
        }
        return Volume.takeOwnershipOf(g, out);
    }
}
