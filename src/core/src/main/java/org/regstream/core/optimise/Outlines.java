package org.regstream.core.optimise;

import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Shapes;

/**
 * What a network that saw no labels painted on each image, the same structures in the same channels. Evidence of where structures
 * are, never labels to publish.
 *
 * @param fixed  soft labels, [C, D, H, W], channel 0 is background
 * @param moving likewise, on the same grid
 */
public record Outlines(LabelProbabilities fixed, LabelProbabilities moving) {

    /** @throws IllegalArgumentException if grids or numbers of channels differ */
    public Outlines {
        Shapes.requireSameGrid("fixed and moving outlines", fixed.grid(), moving.grid());
        if (fixed.channels() != moving.channels()) {
            throw new IllegalArgumentException("fixed and moving outlines must have the same channels, got "
                    + fixed.channels() + " and " + moving.channels());
        }
    }

    /** At half the resolution. */
    Outlines halved() {
        return new Outlines(Halving.of(fixed), Halving.of(moving));
    }
}
