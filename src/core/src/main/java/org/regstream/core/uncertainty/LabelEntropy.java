package org.regstream.core.uncertainty;

import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

/**
 * Entropy of the label probabilities of each voxel, {@code H = -sum_c p_c ln p_c} with {@code 0 ln 0 = 0}, nats: 0 where
 * one label is certain, ln C where all C are alike. Probabilities that are not numbers say nothing: ln C too.
 */
public final class LabelEntropy {

    private LabelEntropy() {}

    /** @return new volume, [D, H, W], nats, on the grid of {@code p} */
    public static Volume of(LabelProbabilities p) {
        int n = p.grid().size();
        float[] values = p.values();
        float[] entropy = new float[n];
        for (int x = 0; x < n; x++) {
            if (values[x] != 1) {
                entropy[x] = at(values, n, p.channels(), x);
            }
        }
        return Volume.takeOwnershipOf(p.grid(), entropy);
    }

    private static float at(float[] values, int n, int channels, int x) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            double p = values[c * n + x];
            if (p != 0) {
                sum -= p * Math.log(p);
            }
        }
        if (Double.isNaN(sum)) {
            return (float) Math.log(channels);
        }
        return (float) Math.max(0, sum);
    }

    /**
     * @param entropy nats, [D, H, W]. Not modified.
     * @param labels  on the same grid. Not modified.
     * @return mean entropy over the voxels of one label, nats; 0 if it has none
     * @throws ShapeMismatchException if the shapes differ
     */
    public static double meanInside(Volume entropy, LabelMap labels, int label) {
        if (!entropy.grid().hasSameShape(labels.grid())) {
            throw new ShapeMismatchException(
                    "entropy and labels must share a grid: " + entropy.grid() + " vs " + labels.grid());
        }
        double sum = 0;
        int count = 0;
        byte[] l = labels.labels();
        float[] h = entropy.values();
        for (int x = 0; x < l.length; x++) {
            if ((l[x] & 0xff) == label) {
                sum += h[x];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
