package org.regstream.core.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Shapes;

/**
 * Whether label probabilities mean what they say: of the voxels given a label with probability 0.8, 80 % should have it.
 *
 * @param bins   the reliability diagram: voxels by the probability of their most probable label, {@link #BINS} bins of equal
 *               width from 0 to 1
 * @param ece    expected calibration error: mean over voxels of |probability - share right| of their bin, [0, 1]
 * @param brier  Brier score: mean over voxels of the squared distance of probabilities and truth, summed over the channels,
 *               [0, 2]
 * @param voxels that counted
 */
public record Calibration(List<Bin> bins, double ece, double brier, int voxels) {

    public static final int BINS = 15;

    /**
     * Voxels whose most probable label has a probability in [low, high), in the last bin up to 1 included.
     *
     * @param count       of voxels
     * @param probability mean of the most probable label; NaN for an empty bin
     * @param accuracy    share of the voxels whose most probable label is the true one; NaN for an empty bin
     */
    public record Bin(double low, double high, int count, double probability, double accuracy) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * @param probabilities [C, D, H, W]. Not modified.
     * @param truth         labels on the same grid. Not modified.
     * @param mask          true where a voxel counts, [D, H, W]; null counts all. Not modified.
     * @throws IllegalArgumentException if the grids differ, no voxel counts or a true label has no channel
     */
    public static Calibration of(LabelProbabilities probabilities, LabelMap truth, boolean[] mask) {
        Shapes.requireSameGrid("label probabilities and true labels", probabilities.grid(), truth.grid());
        if (mask != null) {
            Shapes.requireLength("mask", mask.length, truth.grid(), 1);
        }
        if (truth.maxLabel() >= probabilities.channels()) {
            throw new IllegalArgumentException(
                    "true label " + truth.maxLabel() + " has no channel: expected labels 0 to "
                            + (probabilities.channels() - 1));
        }
        Sums sums = new Sums();
        byte[] given = probabilities.argMax().labels();
        for (int x = 0; x < given.length; x++) {
            if (mask == null || mask[x]) {
                sums.add(probabilities, x, given[x] & 0xff, truth.labels()[x] & 0xff);
            }
        }
        if (sums.voxels() == 0) {
            throw new IllegalArgumentException("mask must keep at least one voxel of " + truth.grid());
        }
        return sums.result();
    }

    private static final class Sums {
        private final int[] counts = new int[BINS];
        private final int[] right = new int[BINS];
        private final double[] probability = new double[BINS];
        private double squares;

        void add(LabelProbabilities p, int x, int given, int truth) {
            int n = p.grid().size();
            double most = p.values()[given * n + x];
            int bin = Math.min(BINS - 1, (int) (most * BINS));
            counts[bin]++;
            right[bin] += given == truth ? 1 : 0;
            probability[bin] += most;
            for (int c = 0; c < p.channels(); c++) {
                double off = p.values()[c * n + x] - (c == truth ? 1 : 0);
                squares += off * off;
            }
        }

        int voxels() {
            return Arrays.stream(counts).sum();
        }

        Calibration result() {
            List<Bin> bins = new ArrayList<>();
            double gaps = 0;
            for (int b = 0; b < BINS; b++) {
                bins.add(new Bin((double) b / BINS, (b + 1.0) / BINS, counts[b], probability[b] / counts[b],
                        (double) right[b] / counts[b]));
                gaps += Math.abs(probability[b] - right[b]);
            }
            return new Calibration(bins, gaps / voxels(), squares / voxels(), voxels());
        }
    }
}
