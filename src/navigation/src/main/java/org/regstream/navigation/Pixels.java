package org.regstream.navigation;

import java.nio.ByteBuffer;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** Voxels of an image in the type they are sent in. Their arrays are shared, not modified. */
public sealed interface Pixels {

    /** @return the specification's scalar type */
    int scalarType();

    /** @return values a voxel */
    int components();

    /** @return voxels */
    int count();

    /** @return bytes a value */
    int valueSize();

    /** @param to little-endian */
    void encode(ByteBuffer to);

    /** Labels: one unsigned byte a voxel. */
    static Pixels of(LabelMap labels) {
        return new Bytes(labels.labels());
    }

    /** Figures: one float a voxel. */
    static Pixels of(Volume figures) {
        return new Floats(figures.values(), 1);
    }

    /**
     * Intensities, in the smallest type of int16, uint16 and float32 that holds each of them exactly: scanners mostly give whole
     * numbers, which are half the size.
     */
    static Pixels ofIntensities(Volume intensities) {
        float min = 0;
        float max = 0;
        for (float v : intensities.values()) {
            if (v != Math.rint(v) || Float.isInfinite(v)) {
                return of(intensities);
            }
            min = Math.min(min, v);
            max = Math.max(max, v);
        }
        if (min >= Short.MIN_VALUE && max <= Short.MAX_VALUE) {
            return new Shorts(intensities.values(), true);
        }
        return min >= 0 && max <= 0xffff ? new Shorts(intensities.values(), false) : of(intensities);
    }

    /** @param vectors [D, H, W, 3], the three components of a voxel side by side */
    static Pixels ofVectors(float[] vectors) {
        return new Floats(vectors, 3);
    }

    /** uint8. */
    record Bytes(byte[] values) implements Pixels {
        @Override
        public int scalarType() {
            return 3;
        }

        @Override
        public int components() {
            return 1;
        }

        @Override
        public int count() {
            return values.length;
        }

        @Override
        public int valueSize() {
            return 1;
        }

        @Override
        public void encode(ByteBuffer to) {
            to.put(values);
        }
    }

    /** Whole numbers as int16 or uint16. */
    record Shorts(float[] values, boolean isSigned) implements Pixels {
        @Override
        public int scalarType() {
            return isSigned ? 4 : 5;
        }

        @Override
        public int components() {
            return 1;
        }

        @Override
        public int count() {
            return values.length;
        }

        @Override
        public int valueSize() {
            return Short.BYTES;
        }

        @Override
        public void encode(ByteBuffer to) {
            for (float v : values) {
                to.putShort((short) (int) v);
            }
        }
    }

    /** float32. */
    record Floats(float[] values, int components) implements Pixels {
        @Override
        public int scalarType() {
            return 10;
        }

        @Override
        public int count() {
            return values.length / components;
        }

        @Override
        public int valueSize() {
            return Float.BYTES;
        }

        @Override
        public void encode(ByteBuffer to) {
            to.asFloatBuffer().put(values);
            to.position(to.position() + values.length * Float.BYTES);
        }
    }
}
