package org.regstream.training.evaluate.row;

import org.regstream.core.ConfigurationException;

/**
 * What every row of a comparison gets, so that the rows compare.
 *
 * @param epochs   each training sees the training images this many times
 * @param images   training images; the first so many by name
 * @param cases    images that are registered to; the first so many by name
 * @param seed     of weights, draws and poses
 */
public record Budget(int epochs, int images, int cases, long seed) {

    public Budget {
        if (epochs < 1 || images < 2 || cases < 2) {
            throw new ConfigurationException("a comparison needs at least 1 epoch, 2 training images and 2 cases, got "
                    + epochs + ", " + images + " and " + cases);
        }
    }

    @Override
    public String toString() {
        return epochs + (epochs == 1 ? " epoch of " : " epochs of ") + images + " images, seed " + seed;
    }
}
