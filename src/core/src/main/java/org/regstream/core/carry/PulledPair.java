package org.regstream.core.carry;

import org.regstream.core.model.Look;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/**
 * The moving side of a pair pulled along a field and laid against the fixed one: what a choice of fields and the measures of what was
 * carried both rest on. All on the window.
 *
 * @param field      voxels
 * @param similarity local, of the fixed and the pulled image, [0, 1], 0 outside the fixed image
 * @param outline    the network's own outlines of the moving image, pulled
 */
public record PulledPair(DisplacementField field, Volume similarity, LabelProbabilities outline) {

    /**
     * @param fixed  mapped intensities, [D, H, W]. Not modified.
     * @param moving likewise, on the same grid. Not modified.
     * @param inside true where the voxel belongs to the fixed image, [D, H, W]; null counts all. Not modified.
     * @param look   what the networks say of the pair
     * @param u      on the same grid, voxels. Referenced.
     */
    public static PulledPair of(Volume fixed, Volume moving, boolean[] inside, Look look, DisplacementField u) {
        return new PulledPair(u, Nlcc.map(fixed, Warp.linear(moving, u, 0), Nlcc.DEFAULT_WINDOW, inside),
                Warp.linear(look.movingOutline(), u));
    }
}
