package org.regstream.navigation;

import java.nio.ByteBuffer;

/**
 * The checksum of a body: CRC-64 of ECMA-182, polynomial 42F0E1EBA9EA3693, most significant bit first, begun at 0, not inverted.
 * Not thread-safe.
 *
 * <p>Eight bytes a step: byte n of a word is looked up in a table that has already carried it across the bytes behind it, so
 * that a volume costs less than its transport.
 */
public final class Crc64 {

    private static final long POLYNOMIAL = 0x42F0E1EBA9EA3693L;
    private static final long[][] TABLES = tables();

    private long value;

    /** @return of the bytes of an array from {@code from} to its end */
    public static long of(byte[] bytes, int from) {
        return new Crc64().update(ByteBuffer.wrap(bytes, from, bytes.length - from)).value();
    }

    /** @param bytes what remains of it is taken; big-endian
     *  @return this */
    public Crc64 update(ByteBuffer bytes) {
        long crc = value;
        while (bytes.remaining() >= Long.BYTES) {
            crc = carried(crc ^ bytes.getLong());
        }
        while (bytes.hasRemaining()) {
            crc = TABLES[0][(int) (crc >>> 56) ^ bytes.get() & 0xff] ^ crc << 8;
        }
        value = crc;
        return this;
    }

    public long value() {
        return value;
    }

    private static long carried(long word) {
        return TABLES[7][(int) (word >>> 56)] ^ TABLES[6][(int) (word >>> 48) & 0xff]
                ^ TABLES[5][(int) (word >>> 40) & 0xff] ^ TABLES[4][(int) (word >>> 32) & 0xff]
                ^ TABLES[3][(int) (word >>> 24) & 0xff] ^ TABLES[2][(int) (word >>> 16) & 0xff]
                ^ TABLES[1][(int) (word >>> 8) & 0xff] ^ TABLES[0][(int) word & 0xff];
    }

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int b = 0; b < 256; b++) {
            long crc = (long) b << 56;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? POLYNOMIAL : 0);
            }
            tables[0][b] = crc;
        }
        for (int b = 0; b < 256; b++) {
            for (int n = 1; n < 8; n++) {
                long before = tables[n - 1][b];
                tables[n][b] = tables[0][(int) (before >>> 56)] ^ before << 8;
            }
        }
        return tables;
    }
}
