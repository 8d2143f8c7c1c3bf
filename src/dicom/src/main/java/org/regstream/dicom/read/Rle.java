package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.regstream.core.DecodeException;

/** RLE Lossless, DICOM PS3.5 annex G: one segment for each byte of a pixel cell, most significant first, PackBits inside. */
final class Rle {
    private static final int HEADER = 64;

    /** Two bytes of a run make at most 128: a fragment cannot hold more than 64 times its size. */
    private static final int MAX_EXPANSION = 64;

    private Rle() {}

    /** @param pixels    of one frame
     *  @param cellBytes of one pixel
     *  @return the frame's pixel cells, little endian, as a new array */
    static byte[] decode(byte[] fragment, int pixels, int cellBytes) {
        if ((long) pixels * cellBytes > (long) MAX_EXPANSION * fragment.length) {
            throw new DecodeException("RLE fragment of " + fragment.length + " bytes cannot hold " + pixels
                    + " pixels of " + cellBytes + " bytes");
        }
        int[] offsets = segmentOffsets(fragment, cellBytes);
        byte[] frame = new byte[pixels * cellBytes];
        for (int segment = 0; segment < cellBytes; segment++) {
            unpack(fragment, offsets[segment], offsets[segment + 1], frame, cellBytes - 1 - segment, cellBytes);
        }
        return frame;
    }

    private static int[] segmentOffsets(byte[] fragment, int cellBytes) {
        if (fragment.length < HEADER) {
            throw new DecodeException("RLE fragment has " + fragment.length + " bytes, expected a header of " + HEADER);
        }
        ByteBuffer header = ByteBuffer.wrap(fragment, 0, HEADER).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt() != cellBytes) {
            throw new DecodeException("RLE fragment must have " + cellBytes + " segments, got " + header.getInt(0));
        }
        int[] offsets = new int[cellBytes + 1];
        offsets[cellBytes] = fragment.length;
        for (int segment = 0; segment < cellBytes; segment++) {
            offsets[segment] = header.getInt();
        }
        requireAscending(offsets);
        return offsets;
    }

    private static void requireAscending(int[] offsets) {
        int previous = HEADER;
        for (int offset : offsets) {
            if (offset < previous) {
                throw new DecodeException("RLE segment starts at byte " + offset + ", expected at least " + previous);
            }
            previous = offset;
        }
    }

    /** Writes one byte plane: every {@code stride}-th byte of {@code frame} from {@code first} on. */
    private static void unpack(byte[] packed, int from, int to, byte[] frame, int first, int stride) {
        int in = from;
        int out = first;
        while (out < frame.length && in < to) {
            int control = packed[in++];
            if (control == -128) {
                continue;
            }
            boolean isRun = control < 0;
            int count = isRun ? 1 - control : 1 + control;
            int needed = isRun ? 1 : count;
            if (needed > to - in || (count - 1L) * stride >= frame.length - out) {
                throw new DecodeException("RLE segment runs over at byte " + in + ": " + count + " pixels more");
            }
            for (int i = 0; i < count; i++, out += stride) {
                frame[out] = packed[isRun ? in : in + i];
            }
            in += needed;
        }
        if (out < frame.length) {
            throw new DecodeException("RLE segment ends at byte " + to + " with pixels missing");
        }
    }
}
