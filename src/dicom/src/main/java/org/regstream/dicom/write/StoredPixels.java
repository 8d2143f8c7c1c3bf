package org.regstream.dicom.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.regstream.core.volume.Volume;

/**
 * Maps the values of a volume to unsigned 16-bit pixels: as they are where all are whole numbers of 0 to 65535, else linearly
 * over the full range.
 *
 * @param slope     value = slope * stored + intercept
 * @param intercept value of stored 0
 */
record StoredPixels(double slope, double intercept) {
    private static final int MAX = 0xffff;

    static StoredPixels of(Volume volume) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        for (float v : volume.values()) {
            min = Math.min(min, v);
            max = Math.max(max, v);
            whole &= v == Math.rint(v);
        }
        if (!Double.isFinite(max - min)) {
            throw new IllegalArgumentException("intensities must be finite, got " + min + " to " + max);
        }
        boolean fits = whole && min >= 0 && max <= MAX;
        double slope = max > min ? (max - min) / MAX : 1;
        return fits ? new StoredPixels(1, 0) : new StoredPixels(slope, min);
    }

    boolean isPlain() {
        return slope == 1 && intercept == 0;
    }

    /** @return the pixels of slice k, [H, W], little endian, as a new array */
    byte[] slice(Volume volume, int k) {
        int pixels = volume.grid().height() * volume.grid().width();
        ByteBuffer out = ByteBuffer.allocate(2 * pixels).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = k * pixels; at < (k + 1) * pixels; at++) {
            out.putShort((short) Math.round((volume.values()[at] - intercept) / slope));
        }
        return out.array();
    }
}
