package org.regstream.service.cli;

import org.regstream.core.geometry.Grid;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.WindowImage;
import org.regstream.core.procedure.Reference;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * The moving side as it lies over the fixed image before registration, on the fixed grid.
 *
 * @param image  own intensities, 0 where the moving image does not reach
 * @param labels nearest neighbour
 * @param counts true where both images and the network's window reach: what is compared
 */
record Underlay(Volume image, LabelMap labels, boolean[] counts) {

    static Underlay of(Reference moving, Placement placement, Volume fixed) {
        Grid grid = fixed.grid();
        Volume overlaid = moving.image().withGrid(placement.overlaid(moving.image().grid()));
        boolean[] counts = WindowImage.inside(overlaid, grid);
        boolean[] inWindow = Resample.inside(placement.fixedWindow(), grid);
        for (int x = 0; x < counts.length; x++) {
            counts[x] &= inWindow[x] && Float.isFinite(fixed.values()[x]);
        }
        return new Underlay(Resample.linear(overlaid.filled(), grid, 0),
                Resample.nearest(moving.labels().withGrid(overlaid.grid()), grid), counts);
    }

    /** NLCC with the fixed image, window 5, where this counts. */
    double nlcc(Volume fixed, Volume other) {
        return Nlcc.of(fixed.filled(), other, Nlcc.DEFAULT_WINDOW, counts);
    }
}
