package org.regstream.gateway.transcode.jpegls;

import java.io.EOFException;

/** The bits of a scan, most significant first; the bit after a byte FF is stuffing and skipped (T.87 A.1). Not thread-safe. */
final class JpegLsBits {

    private final byte[] bytes;
    private int at;
    private int current;
    private int left;

    JpegLsBits(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    int bit() throws EOFException {
        if (left == 0) {
            next();
        }
        left--;
        return current >> left & 1;
    }

    int bits(int count) throws EOFException {
        int value = 0;
        for (int n = 0; n < count; n++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** Golomb code of order k, at most {@code limit} bits long, else an escape of {@code escapeBits} (T.87 A.5.3). */
    int golomb(int k, int limit, int escapeBits) throws EOFException {
        int zeros = 0;
        int most = limit - escapeBits - 1;
        while (zeros <= most && bit() == 0) {
            zeros++;
        }
        return zeros < most ? (zeros << k) + bits(k) : bits(escapeBits) + 1;
    }

    private void next() throws EOFException {
        if (at >= bytes.length) {
            throw new EOFException("a JPEG-LS scan ends before its image");
        }
        left = at > 0 && bytes[at - 1] == (byte) 0xFF && current == 0xFF ? 7 : 8;
        current = bytes[at++] & 0xFF;
    }
}
