package org.regstream.training.loop;

import java.util.Locale;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.ModelGrid;
import org.regstream.training.data.AugmentationSettings;
import org.regstream.training.data.NamedAugmentation;
import org.regstream.training.network.Flow;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;

/**
 * What decides the numbers of a run; kept with it, so that it can be continued.
 *
 * @param seed      of the weights, pairs, poses and dropout
 * @param epochs    how often as many pairs are drawn as there are training images
 * @param start     what the weights begin with: {@link #RANDOM}, or the SHA-256 of a snapshot
 * @param share     of the training images that this run sees, drawn by the seed; 1 for all, P1's bootstrap: 0.9
 * @param network   what is trained
 * @param objective what is made small
 * @param augmentation what is done to the images
 * @param optimiser how
 * @param schedule  of the learning rate
 * @param precision of the convolutions
 * @param grid      the window; each side a multiple of 16
 */
public record TrainingSettings(long seed, int epochs, String start, double share, NetworkDesign network,
        Objective objective,
        AugmentationSettings augmentation, Optimiser optimiser, Schedule schedule, Precision precision,
        ModelGrid grid) {

    /** Drawn by the seed. */
    public static final String RANDOM = "random";

    public TrainingSettings {
        if (epochs < 1 || !(share > 0 && share <= 1)) {
            throw new ConfigurationException("epochs must be positive and the share of images in (0, 1], got " + epochs
                    + " and " + share);
        }
        if (network.channels() < 2) {
            throw new ConfigurationException("training needs background and at least one structure, got "
                    + network.channels() + " channels");
        }
        int m = network.multiple();
        if (grid.depth() % m + grid.height() % m + grid.width() % m != 0) {
            throw new ConfigurationException("each side of the window must be a multiple of " + m + ", got " + grid);
        }
        if (objective.direction() == Direction.BOTH && network.flow() == Flow.DISPLACEMENT) {
            throw new ConfigurationException(
                    "training in both directions needs a network that estimates a velocity, got "
                            + network.flow() + "; choose flow velocity, or direction forward");
        }
    }

    /** Options of {@code ./regstream train} that give these settings; SNAPSHOT stands for the file that the run started from. */
    public String options() {
        Objective o = objective;
        return String.format(Locale.ROOT,
                "--seed %d --epochs %d --share %s --preset %s --flow %s --heads %s --dropout %s"
                        + " --conditioning %s --similarity %s --segmentation %s --smoothness %s --uncertainty %s --divergence %s"
                        + " --direction %s --teacher %s --augmentation %s --optimiser %s --rate %s --cycles %d --lead %s --precision %s%s",
                seed, epochs, share,
                network.preset(), network.flow(), network.heads(), network.dropout(), network.conditioning(),
                o.similarity(), o.segmentation(), o.smoothness(), o.uncertainty(), o.divergence(), o.direction(),
                o.teacher(), NamedAugmentation.title(augmentation), optimiser, schedule.rate(), schedule.cycles(),
                schedule.lead(),
                precision,
                start.equals(RANDOM) ? "" : " --start SNAPSHOT");
    }
}
