package org.regstream.core.pipeline;

import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * The pre-operative side as the network takes it, on its own window. The same for all live volumes whose window lies at the
 * same place, so it is made once and reused.
 *
 * @param window where it was sampled, LPS mm of the pre-operative image
 * @param image  mapped intensities, [D, H, W], 0 in padding
 * @param inside true where the voxel belongs to the image
 * @param labels nearest neighbour
 */
record MovingSide(Grid window, Volume image, boolean[] inside, LabelMap labels) {

    static MovingSide of(Reference reference, Grid window, ModelManifest manifest) {
        WindowImage image = WindowImage.of(reference.image(), window, manifest.intensity());
        return new MovingSide(window, image.mapped(), image.inside(),
                Resample.nearest(reference.labels(), window));
    }
}
