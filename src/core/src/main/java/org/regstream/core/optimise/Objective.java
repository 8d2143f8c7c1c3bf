package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.optimise.OptimisedField.Fit;

/** What is minimised: dissimilarity of the images plus weighted roughness of the field. */
final class Objective {
    private final Term dissimilarity;
    private final Term roughness;
    private final double smoothness;
    private final float[] gradient;

    Objective(ImagePair pair, OptimisationSettings settings) {
        dissimilarity = settings.similarity().of(pair);
        roughness = new SmoothnessTerm(pair.grid(), pair.fixedInside());
        smoothness = settings.smoothness();
        gradient = new float[3 * pair.grid().size()];
    }

    /** @param u displacement, [3, D, H, W], voxels. Not modified. */
    Fit of(float[] u) {
        Arrays.fill(gradient, 0);
        double unlike = dissimilarity.evaluate(u, 1, gradient);
        return new Fit(unlike + smoothness * roughness.evaluate(u, smoothness, gradient), unlike);
    }

    /** Of the last field, [3, D, H, W], 1 / voxel. Not to be modified; the next call of {@link #of} overwrites it. */
    float[] gradient() {
        return gradient;
    }
}
