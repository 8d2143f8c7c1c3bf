package org.regstream.training.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws the pair of each training step. A draw depends on the seed and on the number of the step alone, so the number of
 * the step is the whole random state of a run.
 *
 * @param seed   of the run
 * @param images how many there are to draw from, at least 2
 * @param shape  {D, H, W} of the window
 */
public record PairSampler(long seed, int images, int[] shape) {

    /** Odd, and not the generator's own increment, whose multiples would give the steps one another's numbers. */
    private static final long STRIDE = 0xD1342543DE82EF95L;

    public PairSampler {
        if (images < 2) {
            throw new IllegalArgumentException("a pair needs at least 2 images, got " + images);
        }
    }

    /**
     * @param fixed  index of an image
     * @param moving index of another image
     * @param poses  of fixed and moving image, [2, 3, 4], see {@link Augmentation}
     */
    public record Draw(int fixed, int moving, float[] poses) {}

    public Draw draw(long step) {
        RandomGenerator random = new SplittableRandom(seed + STRIDE * (step + 1));
        int fixed = random.nextInt(images);
        int moving = (fixed + 1 + random.nextInt(images - 1)) % images;
        boolean mirror = random.nextBoolean();
        float[] poses = new float[24];
        System.arraycopy(Augmentation.draw(random, shape, mirror), 0, poses, 0, 12);
        System.arraycopy(Augmentation.draw(random, shape, mirror), 0, poses, 12, 12);
        return new Draw(fixed, moving, poses);
    }
}
