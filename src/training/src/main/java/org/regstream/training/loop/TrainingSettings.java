package org.regstream.training.loop;

import org.regstream.core.ConfigurationException;
import org.regstream.core.model.ModelGrid;
import org.regstream.training.network.Precision;
import org.regstream.training.network.VoxelMorph;

/**
 * What decides the numbers of a run; kept with it, so that it can be continued.
 *
 * @param seed       of the weights, pairs and poses
 * @param epochs     how often as many pairs are drawn as there are training images
 * @param rate       Adam's learning rate
 * @param smoothness λ, weight of the smoothness term
 * @param channels   label channels, background included
 * @param precision  of the convolutions
 * @param grid       the window; each side a multiple of 16
 */
public record TrainingSettings(long seed, int epochs, double rate, double smoothness, int channels,
        Precision precision, ModelGrid grid) {

    public TrainingSettings {
        if (epochs < 1 || !(rate > 0) || !(smoothness >= 0)) {
            throw new ConfigurationException("epochs and learning rate must be positive and the smoothness weight not"
                    + " negative, got " + epochs + ", " + rate + ", " + smoothness);
        }
        if (channels < 2) {
            throw new ConfigurationException("training needs background and at least one structure, got " + channels
                    + " channels");
        }
        if (grid.depth() % VoxelMorph.MULTIPLE + grid.height() % VoxelMorph.MULTIPLE
                + grid.width() % VoxelMorph.MULTIPLE != 0) {
            throw new ConfigurationException("each side of the window must be a multiple of " + VoxelMorph.MULTIPLE
                    + ", got " + grid);
        }
    }

    /** The same run, to be continued for more or fewer epochs. */
    public TrainingSettings withEpochs(int other) {
        return new TrainingSettings(seed, other, rate, smoothness, channels, precision, grid);
    }
}
