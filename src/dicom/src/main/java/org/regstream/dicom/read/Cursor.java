package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.regstream.core.DecodeException;

/** A place in the bytes of a data set; every step is checked against what is left. Not thread-safe. */
final class Cursor {
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private int position;

    Cursor(byte[] bytes, int position, boolean bigEndian) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        this.position = position;
    }

    int position() {
        return position;
    }

    int length() {
        return bytes.length;
    }

    void skip(int count) {
        position += count;
    }

    /** The byte {@code ahead} of here, not consumed. */
    int peek(int ahead) {
        require(ahead + 1, "a byte");
        return bytes[position + ahead] & 0xff;
    }

    int u16(String what) {
        require(2, what);
        int value = buffer.getShort(position) & 0xffff;
        position += 2;
        return value;
    }

    long u32(String what) {
        require(4, what);
        long value = buffer.getInt(position) & 0xffffffffL;
        position += 4;
        return value;
    }

    int tag() {
        int group = u16("a group number");
        return group << 16 | u16("an element number");
    }

    /** @param count already checked against the end */
    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return taken;
    }

    boolean restIsZero() {
        for (int at = position; at < bytes.length; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private void require(int count, String what) {
        if (count > bytes.length - position) {
            throw new DecodeException("instance ends at byte " + bytes.length + ", expected " + what + " of " + count
                    + " bytes at " + position);
        }
    }
}
