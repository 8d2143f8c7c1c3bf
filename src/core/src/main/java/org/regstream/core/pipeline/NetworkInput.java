package org.regstream.core.pipeline;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * A pair as networks take it: both images on the window that lies on the live one. Made once, for all networks that look at
 * it. Networks see the two images and nothing else.
 *
 * @param placement    where the windows lay
 * @param fixed        the live image, mapped intensities, [D, H, W], 0 in padding
 * @param inside       true where the voxel belongs to the live image, [D, H, W]. Not to be modified.
 * @param moving       the pre-operative image, likewise
 * @param movingInside true where the voxel belongs to the pre-operative image
 * @param movingLabels the given labels, nearest neighbour: where to compare the images
 */
public record NetworkInput(Placement placement, Volume fixed, boolean[] inside, Volume moving, boolean[] movingInside,
        LabelMap movingLabels) {

    static NetworkInput of(Placement placement, WindowImage live, MovingSide moving) {
        Grid grid = live.mapped().grid();
        return new NetworkInput(placement, live.mapped(), live.inside(), moving.image().withGrid(grid), moving.inside(),
                moving.labels().withGrid(grid));
    }
}
