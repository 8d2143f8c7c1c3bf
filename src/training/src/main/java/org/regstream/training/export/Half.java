package org.regstream.training.export;

/**
 * Numbers of IEEE 754 binary16: 11 significant bits, up to 65504. Weights are rounded to them before anything is measured,
 * so that a package is half as large and still computes exactly what was measured.
 */
final class Half {

    private static final float LARGEST = 65504;

    /** Of the smallest normal number, 2^-14. */
    private static final int SMALLEST_EXPONENT = -14;
    private static final int FRACTION_BITS = 10;

    private Half() {}

    /** @return new array, each element rounded to the nearest, ties to even; beyond the range to its end */
    static float[] rounded(float[] values) {
        float[] out = new float[values.length];
        for (int x = 0; x < out.length; x++) {
            out[x] = rounded(values[x]);
        }
        return out;
    }

    static float rounded(float value) {
        if (Math.abs(value) >= LARGEST) {
            return Math.copySign(LARGEST, value);
        }
        int exponent = Math.max(Math.getExponent(value), SMALLEST_EXPONENT);
        float step = Math.scalb(1f, exponent - FRACTION_BITS);
        return (float) Math.rint(value / step) * step;
    }

    /**
     * @param value such a number
     * @throws IllegalArgumentException if it is not
     */
    static short bits(float value) {
        if (!(rounded(value) == value)) {
            throw new IllegalArgumentException(value + " is not a number of binary16; round it first");
        }
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        int exponent = Math.getExponent(value);
        if (exponent < SMALLEST_EXPONENT) {
            return (short) (sign | Math.round(Math.abs(value) / Math.scalb(1f, SMALLEST_EXPONENT - FRACTION_BITS)));
        }
        int fraction = Float.floatToRawIntBits(value) >>> 13 & 0x3FF;
        return (short) (sign | exponent + 15 << FRACTION_BITS | fraction);
    }
}
