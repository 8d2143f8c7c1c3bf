package org.regstream.training.data;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.regstream.training.data.scan.IntensityMap;

/**
 * Draws what {@link AugmentationScript} does to the two images of a pair, as one vector whose parts each hold first the
 * fixed image's, then the moving image's numbers:
 *
 * <pre>
 * poses   [2, 3, 4]            rotation, scale, shift, mirror image
 * elastic [2, 3, 5, 6, 5]      control points of a smooth field
 * maps    [2, 33]              contrast, gain and gamma: map of the intensities
 * bias    [2, 4, 4, 4]         logarithm of a smooth factor
 * noise   [2, D, H, W]         added
 * image(x) = clamp(map(I(pose(x + e(x)))) exp(bias(x)) + noise(x), 0, 1)
 * </pre>
 *
 * Where settings leave elastic fields out, that part is empty; where they leave all intensities alone, the last three are.
 *
 * @param shape {D, H, W} of the window
 */
public record Augmentation(AugmentationSettings settings, int[] shape) {

    static final int BIAS_POINTS = 4;
    private static final int BIAS_SIZE = BIAS_POINTS * BIAS_POINTS * BIAS_POINTS;

    /** Of the sum of four random bytes. */
    private static final int NOISE_MEAN = 510;
    private static final double NOISE_DEVIATION = Math.sqrt(4 * (256 * 256 - 1) / 12.0);

    /** Half of the images, so that the network also sees images that nobody changed. */
    static boolean staysAsItIs(RandomGenerator random) {
        return random.nextDouble() < 0.5;
    }

    /** Lengths of the parts, in order. */
    int[] sizes() {
        boolean intensities = settings.changesIntensities();
        return new int[]{2 * Pose.SIZE, settings.elastic() > 0 ? 2 * ElasticField.SIZE : 0,
                intensities ? 2 * IntensityMap.KNOTS : 0, intensities ? 2 * BIAS_SIZE : 0,
                intensities ? 2 * shape[0] * shape[1] * shape[2] : 0};
    }

    /** @return new vector of the parts above */
    public float[] draw(RandomGenerator random) {
        float[] all = new float[Arrays.stream(sizes()).sum()];
        FloatBuffer out = FloatBuffer.wrap(all);
        float[][] poses = poses(random);
        out.put(poses[0]).put(poses[1]);
        if (settings.elastic() > 0) {
            out.put(ElasticField.draw(random, shape, settings.elastic(), poses[0]));
            out.put(ElasticField.draw(random, shape, settings.elastic(), poses[1]));
        }
        if (settings.changesIntensities()) {
            putMaps(random, out);
            putBias(random, out);
            putBias(random, out);
            addNoise(random, all, out.position());
            addNoise(random, all, out.position() + out.remaining() / 2);
        }
        return all;
    }

    private float[][] poses(RandomGenerator random) {
        if (settings.poses() == 0) {
            return new float[][]{Pose.none(shape), Pose.none(shape)};
        }
        boolean mirror = random.nextBoolean();
        return new float[][]{Pose.draw(random, shape, settings.poses(), mirror),
                Pose.draw(random, shape, settings.poses(), mirror)};
    }

    private void putMaps(RandomGenerator random, FloatBuffer out) {
        boolean differ = random.nextDouble() < settings.contrast();
        int which = random.nextInt(2);
        for (int image = 0; image < 2; image++) {
            IntensityMap map = differ && image == which ? IntensityMap.contrast(random) : IntensityMap.identity();
            out.put((staysAsItIs(random) ? map : changed(map, random)).knots());
        }
    }

    private IntensityMap changed(IntensityMap map, RandomGenerator random) {
        return map.then(1 + settings.gain() * symmetric(random), Math.exp(settings.gamma() * symmetric(random)));
    }

    private void putBias(RandomGenerator random, FloatBuffer out) {
        double strength = staysAsItIs(random) ? 0 : settings.bias();
        for (int x = 0; x < BIAS_SIZE; x++) {
            out.put((float) (strength * symmetric(random)));
        }
    }

    /** In [-1, 1). */
    private static double symmetric(RandomGenerator random) {
        return 2 * random.nextDouble() - 1;
    }

    /** Sums of four random bytes: nearly normal, two voxels for one number of the generator. */
    private void addNoise(RandomGenerator random, float[] all, int start) {
        if (staysAsItIs(random)) {
            return;
        }
        float scale = (float) (settings.noise() * random.nextDouble() / NOISE_DEVIATION);
        int end = start + shape[0] * shape[1] * shape[2];
        for (int x = start; x < end; x += 2) {
            long bits = random.nextLong();
            long sums = (bits & 0x00FF00FF00FF00FFL) + (bits >>> 8 & 0x00FF00FF00FF00FFL);
            all[x] = scale * ((sums & 0xFFFF) + (sums >>> 16 & 0xFFFF) - NOISE_MEAN);
            if (x + 1 < end) {
                all[x + 1] = scale * ((sums >>> 32 & 0xFFFF) + (sums >>> 48) - NOISE_MEAN);
            }
        }
    }
}
