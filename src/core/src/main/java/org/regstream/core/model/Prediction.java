package org.regstream.core.model;

import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/**
 * What one network says of a pair of images, all on the window's grid. It never sees given labels.
 *
 * @param displacement  pull displacement of the moving image, voxels of the window
 * @param expectedError expected length of the displacement's error, [D, H, W], voxels of the window, positive
 * @param outline       the package's own structures as the network paints them on the fixed image: a second opinion
 * @param movingOutline likewise, on the moving image
 */
public record Prediction(DisplacementField displacement, Volume expectedError, LabelProbabilities outline,
        LabelProbabilities movingOutline) {

    /** @throws org.regstream.core.volume.ShapeMismatchException if the grids differ */
    public Prediction {
        Shapes.requireSameGrid("displacement and expected error", displacement.grid(), expectedError.grid());
        Shapes.requireSameGrid("displacement and outline", displacement.grid(), outline.grid());
        Shapes.requireSameGrid("displacement and moving outline", displacement.grid(), movingOutline.grid());
        if (outline.channels() != movingOutline.channels()) {
            throw new IllegalArgumentException("both outlines must have the same channels, got " + outline.channels()
                    + " and " + movingOutline.channels());
        }
    }
}
