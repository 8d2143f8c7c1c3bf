package org.regstream.demo;

import java.util.Random;
import org.regstream.core.volume.Volume;

/** The noise of a magnitude image: {@code |s + sigma (n1 + i n2)|} with normal n1 and n2. */
final class RicianNoise {

    private RicianNoise() {}

    /**
     * @param image intensities, 0 or more, [D, H, W]. Not modified.
     * @param share standard deviation as a share of the image's highest intensity, 0 to 1
     * @param seed  the same seed gives the same noise
     * @return new array, unit of {@code image}
     */
    static Volume add(Volume image, double share, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("noise must lie in 0 to 1 of the highest intensity, got " + share);
        }
        float[] in = image.values();
        double sigma = share * highest(in);
        Random random = new Random(seed);
        float[] out = new float[in.length];
        for (int x = 0; x < in.length; x++) {
            out[x] = (float) Math.hypot(in[x] + sigma * random.nextGaussian(), sigma * random.nextGaussian());
        }
        return Volume.takeOwnershipOf(image.grid(), out);
    }

    private static float highest(float[] values) {
        float highest = 0;
        for (float v : values) {
            highest = Math.max(highest, v);
        }
        return highest;
    }
}
