package org.regstream.core.volume;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;

/**
 * Soft labels, [C, D, H, W], channel 0 is background; each voxel's channels are non-negative and sum to 1 (within
 * float rounding). Immutable by contract.
 */
public final class LabelProbabilities {
    private final Grid grid;
    private final int channels;
    private final float[] values;

    private LabelProbabilities(Grid grid, int channels, float[] values) {
        if (channels < 1 || channels > 256) {
            throw new IllegalArgumentException("channels must be 1 to 256 (background included), got " + channels);
        }
        Shapes.requireLength("probabilities", values.length, grid, channels);
        this.grid = grid;
        this.channels = channels;
        this.values = values;
    }

    /** @param values [C, D, H, W], probabilities; owned by the result from now on */
    public static LabelProbabilities takeOwnershipOf(Grid grid, int channels, float[] values) {
        return new LabelProbabilities(grid, channels, values);
    }

    /** One-hot: 1 in the channel of each voxel's label.
     *  @throws IllegalArgumentException if a label is not below {@code channels} */
    public static LabelProbabilities oneHot(LabelMap map, int channels) {
        int n = map.grid().size();
        float[] values = new float[Math.multiplyExact(n, channels)];
        byte[] labels = map.labels();
        for (int x = 0; x < n; x++) {
            int label = labels[x] & 0xff;
            if (label >= channels) {
                throw new IllegalArgumentException("label " + label + " has no channel: expected labels 0 to "
                        + (channels - 1) + "; map the labels to the model's structures first");
            }
            values[label * n + x] = 1;
        }
        return new LabelProbabilities(map.grid(), channels, values);
    }

    public Grid grid() {
        return grid;
    }

    public int channels() {
        return channels;
    }

    /** The array itself, [C, D, H, W]. Not to be modified. */
    public float[] values() {
        return values;
    }

    /** The same probabilities at another place in space; the array is shared. */
    public LabelProbabilities withGrid(Grid other) {
        return new LabelProbabilities(other, channels, values);
    }

    /** The most probable label of each voxel; the lower label wins a tie. */
    public LabelMap argMax() {
        int n = grid.size();
        byte[] labels = new byte[n];
        float[] most = Arrays.copyOf(values, n);
        for (int c = 1; c < channels; c++) {
            for (int x = 0, at = c * n; x < n; x++, at++) {
                if (values[at] > most[x]) {
                    most[x] = values[at];
                    labels[x] = (byte) c;
                }
            }
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    @Override
    public String toString() {
        return "LabelProbabilities " + channels + " channels " + grid;
    }
}
