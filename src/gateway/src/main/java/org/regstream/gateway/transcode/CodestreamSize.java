package org.regstream.gateway.transcode;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The image size that a JPEG, JPEG-LS or JPEG 2000 codestream declares, read without decoding. A decoder allocates what the
 * codestream says, not what the DICOM header says.
 *
 * @param width  columns
 * @param height rows
 */
record CodestreamSize(long width, long height) {

    private static final int JPEG_START = 0xFFD8;
    private static final int JPEG_2000_START = 0xFF4FFF51;
    private static final int JPEG_LS_FRAME = 0xFFF7;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final long UNSIGNED = 0xFFFFFFFFL;

    /**
     * @param fragment a pixel data fragment; not modified
     * @return its size; empty where a codestream does not begin here
     */
    static Optional<CodestreamSize> of(byte[] fragment) {
        ByteBuffer in = ByteBuffer.wrap(fragment);
        if (in.remaining() >= 24 && in.getInt(0) == JPEG_2000_START) {
            return Optional.of(new CodestreamSize((in.getInt(8) & UNSIGNED) - (in.getInt(16) & UNSIGNED),
                    (in.getInt(12) & UNSIGNED) - (in.getInt(20) & UNSIGNED)));
        }
        return in.remaining() >= 4 && ushort(in, 0) == JPEG_START ? inJpeg(in, 2) : Optional.empty();
    }

    /** Segment by segment (marker, length, content) to the frame header: marker, length, precision, height, width. */
    private static Optional<CodestreamSize> inJpeg(ByteBuffer in, int start) {
        int at = start;
        while (at + 9 <= in.limit() && ushort(in, at) != START_OF_SCAN) {
            if (isFrameHeader(ushort(in, at))) {
                return Optional.of(new CodestreamSize(ushort(in, at + 7), ushort(in, at + 5)));
            }
            at += 2 + ushort(in, at + 2);
        }
        return Optional.empty();
    }

    /** FFC0 to FFCF but for the tables (C4, CC) and the reserved C8. */
    private static boolean isFrameHeader(int marker) {
        boolean frame = (marker & 0xFFF0) == 0xFFC0;
        return marker == JPEG_LS_FRAME || frame && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
    }

    private static int ushort(ByteBuffer in, int at) {
        return in.getShort(at) & 0xFFFF;
    }
}
