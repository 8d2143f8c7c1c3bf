package org.regstream.training.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws the pair of each training step. A draw depends on the seed and on the number of the step alone, so the number of
 * the step is the whole random state of a run.
 *
 * @param seed         of the run
 * @param images       how many there are to draw from, at least 2
 * @param augmentation what is done to the images
 */
public record PairSampler(long seed, int images, Augmentation augmentation) {

    /** Odd, and not the generator's own increment, whose multiples would give steps one another's numbers. */
    private static final long STRIDE = 0xD1342543DE82EF95L;

    public PairSampler {
        if (images < 2) {
            throw new IllegalArgumentException("a pair needs at least 2 images, got " + images);
        }
    }

    /**
     * @param fixed      index of an image
     * @param moving     index of another image
     * @param parameters of both images, see {@link Augmentation}
     */
    public record Draw(int fixed, int moving, float[] parameters) {}

    /** Keeps runs with neighbouring seeds apart. @return seed of one step of a run, or of one case of a plan */
    public static long seed(long run, long step) {
        return run + STRIDE * (step + 1);
    }

    public Draw draw(long step) {
        RandomGenerator random = new SplittableRandom(seed(seed, step));
        int fixed = random.nextInt(images);
        int moving = (fixed + 1 + random.nextInt(images - 1)) % images;
        return new Draw(fixed, moving, augmentation.draw(random));
    }
}
