package org.regstream.service.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** Volumes as few bytes as a screen needs. */
final class PagePixels {

    /** Of an uncertainty: nothing was computed. */
    static final int NOT_COMPUTED = 255;
    private static final int LEVELS = 65535;
    private static final int BINS = 2048;
    /** Shares of voxels that a picture may show as black and as white: single bright voxels must not darken the rest. */
    private static final double BLACK = 0.01;
    private static final double WHITE = 0.995;

    /**
     * Intensities as 16-bit numbers: {@code value = intercept + slope * stored}.
     *
     * @param bytes     uint16, little endian, [D, H, W]
     * @param slope     above 0
     * @param intercept the lowest intensity
     * @param black     intensity to show as black
     * @param white     intensity to show as white, above {@code black}
     */
    record Image(byte[] bytes, double slope, double intercept, double black, double white) {}

    /**
     * The part of a grid in which something was computed.
     *
     * @param from  first index, (k, j, i)
     * @param shape [D, H, W]; a side of 0 if nothing was
     */
    record Box(int[] from, int[] shape) {

        int size() {
            return shape[0] * shape[1] * shape[2];
        }
    }

    private PagePixels() {}

    static Image image(Volume volume) {
        float[] values = volume.values();
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double slope = high > low ? ((double) high - low) / LEVELS : 1;
        int[] histogram = new int[BINS];
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            int stored = (int) Math.round((value - low) / slope);
            histogram[stored * BINS / (LEVELS + 1)]++;
            bytes.putShort((short) stored);
        }
        double black = low + slope * quantile(histogram, BLACK, values.length);
        double white = low + slope * (quantile(histogram, WHITE, values.length) + LEVELS / BINS);
        return new Image(bytes.array(), slope, low, black, white);
    }

    /** @return the stored value below which the share of voxels lies, to the nearest bin below */
    private static double quantile(int[] histogram, double share, int voxels) {
        long below = 0;
        int bin = 0;
        while (bin < BINS - 1 && below + histogram[bin] <= share * voxels) {
            below += histogram[bin++];
        }
        return (double) bin * (LEVELS + 1) / BINS;
    }

    /** @return the smallest box that holds every voxel that is not NaN */
    static Box computed(Volume map) {
        Grid grid = map.grid();
        int[] from = grid.shape();
        int[] to = {0, 0, 0};
        float[] values = map.values();
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    if (!Float.isNaN(values[x])) {
                        grow(from, to, k, j, i);
                    }
                }
            }
        }
        return new Box(from[0] < to[0] ? from : new int[3],
                new int[]{Math.max(0, to[0] - from[0]), Math.max(0, to[1] - from[1]), Math.max(0, to[2] - from[2])});
    }

    private static void grow(int[] from, int[] to, int k, int j, int i) {
        from[0] = Math.min(from[0], k);
        from[1] = Math.min(from[1], j);
        from[2] = Math.min(from[2], i);
        to[0] = Math.max(to[0], k + 1);
        to[1] = Math.max(to[1], j + 1);
        to[2] = Math.max(to[2], i + 1);
    }

    /** @return one byte a voxel of the box */
    static byte[] labels(LabelMap map, Box box) {
        byte[] out = new byte[box.size()];
        int at = 0;
        for (int k = 0; k < box.shape[0]; k++) {
            for (int j = 0; j < box.shape[1]; j++) {
                System.arraycopy(map.labels(), map.grid().offset(box.from[0] + k, box.from[1] + j, box.from[2]), out,
                        at, box.shape[2]);
                at += box.shape[2];
            }
        }
        return out;
    }

    /** @param full value that becomes 254
     *  @return one byte a voxel of the box: 0 to 254, or {@link #NOT_COMPUTED} */
    static byte[] uncertainty(Volume map, Box box, double full) {
        byte[] out = new byte[box.size()];
        int at = 0;
        for (int k = 0; k < box.shape[0]; k++) {
            for (int j = 0; j < box.shape[1]; j++) {
                int row = map.grid().offset(box.from[0] + k, box.from[1] + j, box.from[2]);
                for (int i = 0; i < box.shape[2]; i++) {
                    out[at++] = (byte) stored(map.values()[row + i], full);
                }
            }
        }
        return out;
    }

    private static int stored(float value, double full) {
        return Float.isNaN(value)
                ? NOT_COMPUTED
                : (int) Math.round(Math.max(0, Math.min(1, value / full)) * (NOT_COMPUTED - 1));
    }
}
