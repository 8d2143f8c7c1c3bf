package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;

/**
 * Two images on one grid, and where each of them is known: padding around an image is not evidence of anything.
 *
 * @param fixed        intensities, [D, H, W], mapped to about [0, 1]
 * @param fixedInside  true where the voxel belongs to the fixed image, [D, H, W]. Not to be modified.
 * @param moving       likewise, on the same grid
 * @param movingInside true where the voxel belongs to the moving image
 */
public record ImagePair(Volume fixed, boolean[] fixedInside, Volume moving, boolean[] movingInside) {

    /** @throws IllegalArgumentException if shapes differ or a mask keeps no voxel */
    public ImagePair {
        Shapes.requireSameGrid("fixed and moving image", fixed.grid(), moving.grid());
        requireSome("fixed", fixedInside, fixed.grid());
        requireSome("moving", movingInside, moving.grid());
    }

    public Grid grid() {
        return fixed.grid();
    }

    private static void requireSome(String which, boolean[] inside, Grid grid) {
        Shapes.requireLength(which + " mask", inside.length, grid, 1);
        for (boolean known : inside) {
            if (known) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "the mask of the " + which + " image must keep at least one voxel of " + grid);
    }

    /** The pair as a coarse level sees it. @param sigmaVoxels of a Gaussian, 0 changes nothing */
    ImagePair smoothed(double sigmaVoxels) {
        return sigmaVoxels == 0
                ? this
                : new ImagePair(GaussianSmoothing.ofVoxels(fixed, sigmaVoxels), fixedInside,
                        GaussianSmoothing.ofVoxels(moving, sigmaVoxels), movingInside);
    }

    /**
     * The pair with each image's border carried on into its padding, so that neither smoothing nor interpolation mixes padding
     * into the image. The border is that of the box around the mask.
     */
    ImagePair extended() {
        return new ImagePair(extended(fixed, fixedInside), fixedInside, extended(moving, movingInside), movingInside);
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
