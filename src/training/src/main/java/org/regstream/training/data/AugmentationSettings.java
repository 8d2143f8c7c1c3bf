package org.regstream.training.data;

import org.regstream.core.ConfigurationException;

/**
 * Which random changes are made to training images, and how strong; 0 leaves a change out. Each is made to half of the
 * images, fixed and moving drawn apart; {@link Augmentation} has the formulas.
 *
 * @param poses    multiple of the usual largest rotation (8 degrees), change of scale (8 %) and shift (2 voxels), at most 2;
 *                 with it half of the pairs are mirrored
 * @param elastic  largest bending as a share of the most that cannot fold, at most 1
 * @param gain     largest relative change of the contrast, below 1
 * @param gamma    largest |logarithm| of the exponent put on intensities, at most 2
 * @param bias     largest |logarithm| of the smooth factor that stands for the receiver coil, at most 2
 * @param noise    largest standard deviation of added noise, of the intensity range, at most 1
 * @param contrast share of the pairs of which one image, drawn at random, gets another contrast, at most 1: stands in for
 *                 pairs of different modalities
 */
public record AugmentationSettings(double poses, double elastic, double gain, double gamma, double bias, double noise,
        double contrast) {

    /** Images as they lie. */
    public static final AugmentationSettings NONE = new AugmentationSettings(0, 0, 0, 0, 0, 0, 0);

    /** Mirror images and poses. */
    public static final AugmentationSettings POSES = new AugmentationSettings(1, 0, 0, 0, 0, 0, 0);

    /** Everything that happens to images of one modality. */
    public static final AugmentationSettings FULL = new AugmentationSettings(1, 0.8, 0.1, 0.3, 0.2, 0.03, 0);

    /** Images as they lie, but those of half of the pairs differ in contrast. */
    public static final AugmentationSettings CONTRAST = new AugmentationSettings(0, 0, 0, 0, 0, 0, 0.5);

    public AugmentationSettings {
        require("poses", poses, 2);
        require("elastic", elastic, 1);
        require("gain", gain, 0.99);
        require("gamma", gamma, 2);
        require("bias", bias, 2);
        require("noise", noise, 1);
        require("contrast", contrast, 1);
    }

    private static void require(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new ConfigurationException("augmentation " + name + " must lie in [0, " + most + "], got " + value);
        }
    }

    boolean changesIntensities() {
        return gain + gamma + bias + noise + contrast > 0;
    }
}
