package org.regstream.gateway.transcode.jpegls;

import java.io.IOException;
import java.util.Arrays;

/** Decodes one image (T.87 Annex A); names of state as there. Not thread-safe, used once. */
final class JpegLsDecoder {

    private static final int REGULAR = 365;
    /** Never reached by a sound image; a damaged one must end. */
    private static final int LARGEST_ORDER = 24;
    private static final int[] J = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10,
            11,
            12, 13, 14, 15};

    private final JpegLsHeader header;
    private final JpegLsParameters p;
    private final JpegLsBits in;
    /** Regular contexts, then the two of run interruption. */
    private final int[] a = new int[REGULAR + 2];
    private final int[] b = new int[REGULAR];
    private final int[] c = new int[REGULAR];
    private final int[] n = new int[REGULAR + 2];
    private final int[] negative = new int[REGULAR + 2];
    private int runIndex;

    private JpegLsDecoder(JpegLsHeader header, byte[] codestream) {
        this.header = header;
        this.p = JpegLsParameters.of(header);
        this.in = new JpegLsBits(codestream, header.scan());
        Arrays.fill(a, Math.max(2, (p.range() + 32) / 64));
        Arrays.fill(n, 1);
    }

    /** @return samples, [height, width], unsigned; owned by the caller */
    static short[] decode(JpegLsHeader header, byte[] codestream) throws IOException {
        return new JpegLsDecoder(header, codestream).decode();
    }

    /** Lines have a sample more on either side: to the left the first one above, to the right the last one above. */
    private short[] decode() throws IOException {
        int width = header.width();
        short[] samples = new short[Math.multiplyExact(header.height(), width)];
        int[] above = new int[width + 2];
        int[] line = new int[width + 2];
        for (int j = 0; j < header.height(); j++) {
            line[0] = above[1];
            above[width + 1] = above[width];
            decodeLine(above, line);
            for (int i = 0; i < width; i++) {
                samples[j * width + i] = (short) line[i + 1];
            }
            int[] next = above;
            above = line;
            line = next;
        }
        return samples;
    }

    private void decodeLine(int[] above, int[] line) throws IOException {
        int x = 1;
        while (x <= header.width()) {
            int q1 = p.quantize(above[x + 1] - above[x]);
            int q2 = p.quantize(above[x] - above[x - 1]);
            int q3 = p.quantize(above[x - 1] - line[x - 1]);
            int q = 81 * q1 + 9 * q2 + q3;
            if (q == 0) {
                x = run(above, line, x);
            } else {
                line[x] = regular(q, predict(line[x - 1], above[x], above[x - 1]));
                x++;
            }
        }
    }

    private static int predict(int ra, int rb, int rc) {
        int least = Math.min(ra, rb);
        int most = Math.max(ra, rb);
        return rc >= most ? least : rc <= least ? most : ra + rb - rc;
    }

    private int regular(int signedContext, int prediction) throws IOException {
        int q = Math.abs(signedContext);
        int sign = Integer.signum(signedContext);
        int predicted = p.clamp(prediction + sign * c[q]);
        int k = order(n[q], a[q]);
        int mapped = in.golomb(k, p.limit(), p.qbpp());
        boolean swapped = p.near() == 0 && k == 0 && 2 * b[q] <= -n[q];
        int error = (mapped & 1) == 0 ? mapped / 2 : -(mapped + 1) / 2;
        error = swapped ? -error - 1 : error;
        learn(q, error);
        return p.reconstruct(predicted, sign * error);
    }

    /** A.6.1 and A.6.2. */
    private void learn(int q, int error) {
        b[q] += error * (2 * p.near() + 1);
        a[q] += Math.abs(error);
        if (n[q] == p.reset()) {
            a[q] >>= 1;
            b[q] >>= 1;
            n[q] >>= 1;
        }
        n[q]++;
        if (b[q] <= -n[q]) {
            b[q] = Math.max(b[q] + n[q], 1 - n[q]);
            c[q] = Math.max(c[q] - 1, -128);
        } else if (b[q] > 0) {
            b[q] = Math.min(b[q] - n[q], 0);
            c[q] = Math.min(c[q] + 1, 127);
        }
    }

    /** @return where the line goes on behind the run and the sample that ends it */
    private int run(int[] above, int[] line, int start) throws IOException {
        int x = start;
        int end = header.width() + 1;
        int value = line[start - 1];
        while (in.bit() == 1) {
            int full = 1 << J[runIndex];
            int to = Math.min(end, x + full);
            Arrays.fill(line, x, to, value);
            if (to - x == full) {
                runIndex = Math.min(runIndex + 1, J.length - 1);
            }
            x = to;
            if (x == end) {
                return end;
            }
        }
        int to = x + in.bits(J[runIndex]);
        if (to >= end) {
            throw new IOException("a JPEG-LS run is longer than its line");
        }
        Arrays.fill(line, x, to, value);
        line[to] = interruption(value, above[to]);
        runIndex = Math.max(runIndex - 1, 0);
        return to + 1;
    }

    /** A.7.2. */
    private int interruption(int ra, int rb) throws IOException {
        int type = Math.abs(ra - rb) <= p.near() ? 1 : 0;
        int q = REGULAR + type;
        int k = order(n[q], type == 0 ? a[q] : a[q] + (n[q] >> 1));
        int mapped = in.golomb(k, p.limit() - J[runIndex] - 1, p.qbpp());
        int both = mapped + type;
        boolean odd = (both & 1) == 1;
        int size = (both + 1) / 2;
        int error = (k != 0 || 2 * negative[q] >= n[q]) == odd ? -size : size;
        learnRun(q, error, (mapped + 1 - type) >> 1);
        return p.reconstruct(type == 1 ? ra : rb, type == 0 && ra > rb ? -error : error);
    }

    private void learnRun(int q, int error, int growth) {
        if (error < 0) {
            negative[q]++;
        }
        a[q] += growth;
        if (n[q] == p.reset()) {
            a[q] >>= 1;
            n[q] >>= 1;
            negative[q] >>= 1;
        }
        n[q]++;
    }

    private static int order(int count, int sum) {
        int k = 0;
        while (k < LARGEST_ORDER && count << k < sum) {
            k++;
        }
        return k;
    }
}
