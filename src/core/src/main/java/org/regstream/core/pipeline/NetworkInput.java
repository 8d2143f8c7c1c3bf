package org.regstream.core.pipeline;

import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * A pair as networks take it: both images on the window that lies on the live one. Made once, for all networks that look at
 * it.
 *
 * @param placement           where the windows lay
 * @param fixed               the live image, mapped intensities, [D, H, W], 0 in padding
 * @param inside              true where the voxel belongs to the live image, [D, H, W]. Not to be modified.
 * @param moving              the pre-operative image, likewise
 * @param movingLabels        its labels, nearest neighbour
 * @param movingProbabilities one-hot of {@code movingLabels}
 */
public record NetworkInput(Placement placement, Volume fixed, boolean[] inside, Volume moving, LabelMap movingLabels,
        LabelProbabilities movingProbabilities) {

    static NetworkInput of(Placement placement, Volume fixed, boolean[] inside, MovingSide moving) {
        return new NetworkInput(placement, fixed, inside, moving.image().withGrid(fixed.grid()),
                moving.labels().withGrid(fixed.grid()), moving.probabilities().withGrid(fixed.grid()));
    }
}
