package org.regstream.gateway.transcode.jpegls;

/** The numbers of T.87 that follow from the header, under their names there (A.2.1 and C.2.4.1.1). */
record JpegLsParameters(int maxval, int near, int t1, int t2, int t3, int reset, int range, int qbpp, int limit) {

    private static final int DEFAULT_RESET = 64;

    static JpegLsParameters of(JpegLsHeader header) {
        int[] preset = header.preset();
        int near = header.near();
        int maxval = preset[0] != 0 ? preset[0] : (1 << header.precision()) - 1;
        int range = (maxval + 2 * near) / (2 * near + 1) + 1;
        int bpp = Math.max(2, bitsFor(maxval + 1));
        int[] t = thresholds(maxval, near);
        return new JpegLsParameters(maxval, near, or(preset[1], t[0]), or(preset[2], t[1]), or(preset[3], t[2]),
                or(preset[4], DEFAULT_RESET), range, bitsFor(range), 2 * (bpp + Math.max(8, bpp)));
    }

    /** @return -4 to 4 */
    int quantize(int d) {
        int size = Math.abs(d);
        if (size <= near) {
            return 0;
        }
        int level = size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
        return d < 0 ? -level : level;
    }

    /** @return sample from prediction and error, modulo RANGE */
    int reconstruct(int predicted, int error) {
        int step = 2 * near + 1;
        int value = predicted + error * step;
        if (value < -near) {
            value += range * step;
        } else if (value > maxval + near) {
            value -= range * step;
        }
        return clamp(value);
    }

    int clamp(int value) {
        return Math.max(0, Math.min(maxval, value));
    }

    private static int[] thresholds(int maxval, int near) {
        int[] t = new int[3];
        if (maxval >= 128) {
            int factor = (Math.min(maxval, 4095) + 128) / 256;
            t[0] = within(factor + 2 + 3 * near, near + 1, maxval);
            t[1] = within(factor * 4 + 3 + 5 * near, t[0], maxval);
            t[2] = within(factor * 17 + 4 + 7 * near, t[1], maxval);
        } else {
            int factor = 256 / (maxval + 1);
            t[0] = within(Math.max(2, 3 / factor + 3 * near), near + 1, maxval);
            t[1] = within(Math.max(3, 7 / factor + 5 * near), t[0], maxval);
            t[2] = within(Math.max(4, 21 / factor + 7 * near), t[1], maxval);
        }
        return t;
    }

    /** CLAMP of C.2.4.1.1: what is outside becomes the least. */
    private static int within(int value, int least, int most) {
        return value < least || value > most ? least : value;
    }

    private static int or(int preset, int byDefault) {
        return preset != 0 ? preset : byDefault;
    }

    /** @return ceil(log2(n)) */
    private static int bitsFor(int n) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
    }
}
