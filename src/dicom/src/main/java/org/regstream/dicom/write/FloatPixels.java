package org.regstream.dicom.write;

import org.regstream.core.volume.Volume;

/**
 * The values of a map as they are stored: NaN, which readers treat in all sorts of ways, replaced by a value that no voxel has.
 *
 * @param values  [D, H, W], shared with the map where it has no NaN. Not to be modified.
 * @param min     smallest value, 0 if there is none
 * @param max     largest value, 0 if there is none
 * @param padding what stands for NaN: a whole number below 0 and below {@code min}
 * @param hasPadding whether any voxel has it
 */
record FloatPixels(float[] values, float min, float max, float padding, boolean hasPadding) {

    /** @throws IllegalArgumentException if a value is infinite, or too large for a smaller one to stand for NaN */
    static FloatPixels of(Volume map) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        boolean hasPadding = false;
        for (float v : map.values()) {
            hasPadding |= Float.isNaN(v);
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
        if (min > max) {
            return new FloatPixels(replaced(map.values(), -1), 0, 0, -1, hasPadding);
        }
        float padding = (float) (Math.floor(Math.min(0, min)) - 1);
        if (!Float.isFinite(max - min) || !(padding < min)) {
            throw new IllegalArgumentException("values of a map must be of modest size, got " + min + " to " + max);
        }
        float[] values = hasPadding ? replaced(map.values(), padding) : map.values();
        return new FloatPixels(values, min, max, padding, hasPadding);
    }

    private static float[] replaced(float[] values, float padding) {
        float[] out = values.clone();
        for (int x = 0; x < out.length; x++) {
            out[x] = Float.isNaN(out[x]) ? padding : out[x];
        }
        return out;
    }
}
