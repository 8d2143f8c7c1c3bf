package org.regstream.core.optimise;

import java.time.Duration;
import org.regstream.core.model.Look;
import org.regstream.core.optimise.InstanceOptimisation.Progress;
import org.regstream.core.pipeline.NetworkInput;
import org.regstream.core.pipeline.PairFit;
import org.regstream.core.volume.DisplacementField;

/**
 * Fits by {@link InstanceOptimisation} in the region of the given labels, to the images and to what the networks painted on
 * both.
 *
 * @param similarity what makes the images alike
 */
public record FittedPair(Similarity similarity) implements PairFit {

    @Override
    public DisplacementField fit(NetworkInput in, Look look, DisplacementField start, Duration budget) {
        OptimisationSettings settings = isNothing(start)
                ? OptimisationSettings.fromNothing(similarity)
                : OptimisationSettings.refine(similarity);
        ImagePair pair = new ImagePair(in.fixed(), in.inside(), in.moving(), in.movingInside())
                .around(in.movingLabels(), start, ImagePair.DEFAULT_MARGIN)
                .withOutlines(new Outlines(look.outline(), look.movingOutline()));
        return new InstanceOptimisation(settings.within(budget)).optimise(pair, start, Progress.NONE).field();
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
