package org.regstream.core.align;

/**
 * How well a pose explains the fixed image: the mutual information of the tones at the points that both images have, times the
 * share of all points that these are, as a share of the entropy of the fixed image's tones. In [0, 1], higher is better.
 *
 * <p>Outside the moving image nothing is explained, so a pose cannot win by leaving it. What a histogram of few points
 * promises too much is (bins - 1)² / 2 nats in total (Miller 1955), whatever the overlap, so poses stay comparable. Bears any
 * contrast.
 */
final class SharedInformation {

    static final int BINS = 16;

    private final Level level;
    private final int[] fixedBins;
    private final float scale;
    private final double entropy;

    SharedInformation(Level level) {
        this.level = level;
        fixedBins = level.fixed().bins(BINS);
        scale = (BINS - 1) / (level.tones().high() - level.tones().low());
        entropy = entropy(fixedBins);
    }

    double of(Pose pose) {
        Seen seen = level.seen(pose);
        float[] at = level.fixed().at();
        float low = level.tones().low();
        float[] joint = new float[BINS * BINS];
        int count = 0;
        for (int n = 0; n < fixedBins.length; n++) {
            if (seen.look(at[3 * n], at[3 * n + 1], at[3 * n + 2])) {
                float place = Math.max(0, Math.min(BINS - 1.001f, (seen.value - low) * scale));
                int bin = (int) place;
                int cell = fixedBins[n] * BINS + bin;
                joint[cell] += 1 - (place - bin);
                joint[cell + 1] += place - bin;
                count++;
            }
        }
        return count == 0 || entropy == 0 ? 0 : information(joint, count) / entropy;
    }

    /** @return nats in total */
    private static double entropy(int[] bins) {
        int[] counts = new int[BINS];
        for (int bin : bins) {
            counts[bin]++;
        }
        double sum = timesLog(bins.length);
        for (int n : counts) {
            sum -= timesLog(n);
        }
        return sum;
    }

    /** @return sum of n(a, b) log(n(a, b) n / (n(a) n(b))), nats in total */
    private static double information(float[] joint, int count) {
        double[] ofFixed = new double[BINS];
        double[] ofMoving = new double[BINS];
        double sum = timesLog(count);
        for (int cell = 0; cell < joint.length; cell++) {
            ofFixed[cell / BINS] += joint[cell];
            ofMoving[cell % BINS] += joint[cell];
            sum += timesLog(joint[cell]);
        }
        for (int bin = 0; bin < BINS; bin++) {
            sum -= timesLog(ofFixed[bin]) + timesLog(ofMoving[bin]);
        }
        return sum;
    }

    static double timesLog(double n) {
        return n > 0 ? n * Math.log(n) : 0;
    }
}
