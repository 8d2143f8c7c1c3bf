package org.regstream.core.optimise;

import java.time.Duration;
import org.regstream.core.model.Look;
import org.regstream.core.optimise.InstanceOptimisation.Progress;
import org.regstream.core.pipeline.NetworkInput;
import org.regstream.core.pipeline.PairFit;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.warp.GaussianSmoothing;

/**
 * Fits by {@link InstanceOptimisation} in the region of the given labels, to the images and to what the networks painted on
 * both.
 *
 * @param similarity what makes the images alike
 */
public record FittedPair(Similarity similarity) implements PairFit {

    /** A network's field is smoothed with a Gaussian of so many voxels: what it says of single voxels, the images say better. */
    private static final double CALM = 2;

    @Override
    public DisplacementField fit(NetworkInput in, Look look, DisplacementField start, Duration budget) {
        boolean fromNothing = isNothing(start);
        OptimisationSettings settings = fromNothing
                ? OptimisationSettings.fromNothing(similarity)
                : OptimisationSettings.refine(similarity);
        DisplacementField from = fromNothing ? start : GaussianSmoothing.ofVoxels(start, CALM);
        ImagePair pair = new ImagePair(in.fixed(), in.inside(), in.moving(), in.movingInside())
                .around(in.movingLabels(), from, ImagePair.DEFAULT_MARGIN)
                .withOutlines(new Outlines(look.outline(), look.movingOutline()));
        return new InstanceOptimisation(settings.within(budget)).optimise(pair, from, Progress.NONE).field();
    }

    private static boolean isNothing(DisplacementField u) {
        for (float c : u.components()) {
            if (c != 0) {
                return false;
            }
        }
        return true;
    }
}
