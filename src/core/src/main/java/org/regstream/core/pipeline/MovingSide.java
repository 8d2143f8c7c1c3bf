package org.regstream.core.pipeline;

import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * The pre-operative side as the network takes it, on its own window. The same for all live volumes whose window lies at the
 * same place, so it is made once and reused.
 *
 * @param window        where it was sampled, LPS mm of the pre-operative image
 * @param image         mapped intensities, [D, H, W], 0 in padding
 * @param labels        nearest neighbour
 * @param probabilities one-hot of {@code labels}
 * @param share         labelled voxels in the window over those that the whole reference would have at its spacing; 1 up to
 *                      resampling if all structures fit
 */
record MovingSide(Grid window, Volume image, LabelMap labels, LabelProbabilities probabilities, double share) {

    static MovingSide of(Reference reference, Grid window, ModelManifest manifest) {
        boolean[] inside = Resample.inside(reference.image().grid(), window);
        LabelMap labels = Resample.nearest(reference.labels(), window);
        return new MovingSide(window, WindowImage.of(reference.image(), window, inside, manifest.intensity()), labels,
                LabelProbabilities.oneHot(labels, manifest.channels()), share(reference.labels(), labels));
    }

    private static double share(LabelMap whole, LabelMap window) {
        double voxelRatio = Math.abs(whole.grid().affine().determinant() / window.grid().affine().determinant());
        return labelled(window) / (labelled(whole) * voxelRatio);
    }

    private static double labelled(LabelMap map) {
        return map.grid().size() - map.count(0);
    }

    /** @return share of the labelled voxels where {@code inside} is true, [D, H, W] of the window */
    double covered(boolean[] inside) {
        int labelled = 0;
        int covered = 0;
        byte[] l = labels.labels();
        for (int x = 0; x < l.length; x++) {
            if (l[x] != 0) {
                labelled++;
                covered += inside[x] ? 1 : 0;
            }
        }
        return labelled == 0 ? 0 : (double) covered / labelled;
    }
}
