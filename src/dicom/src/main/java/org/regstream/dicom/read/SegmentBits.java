package org.regstream.dicom.read;

import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;

/**
 * The pixels of a BINARY Segmentation, one bit each, the first pixel in the lowest bit. Bits run on from frame to frame
 * (PS3.5 section 8.2); older converters let each frame begin at a byte, which the length gives away.
 *
 * @param bytes        not to be modified
 * @param bitsPerFrame from the first pixel of a frame to that of the next
 */
record SegmentBits(byte[] bytes, long bitsPerFrame) {

    /** @throws DecodeException if there are fewer bytes than the frames need, or more than either way explains */
    static SegmentBits of(DicomObject dicom, int frames, int pixels) {
        long packed = ((long) frames * pixels + 7) / 8;
        long frameBytes = (pixels + 7L) / 8;
        byte[] bytes = nativeBytes(dicom, packed, frames);
        if (isOf(packed, bytes)) {
            return new SegmentBits(bytes, pixels);
        }
        if (isOf(frames * frameBytes, bytes)) {
            return new SegmentBits(bytes, 8 * frameBytes);
        }
        throw new DecodeException(Tag.PIXEL_DATA + " has " + bytes.length + " bytes, expected " + packed + " for "
                + frames + " frames of " + pixels + " bits, or " + frames * frameBytes
                + " where each frame begins at a byte; export the segmentation anew");
    }

    /** The length is made even by a byte of 0. */
    private static boolean isOf(long length, byte[] bytes) {
        return bytes.length == length || bytes.length == length + 1 && length % 2 != 0 && bytes[bytes.length - 1] == 0;
    }

    private static byte[] nativeBytes(DicomObject dicom, long packed, int frames) {
        if (dicom.element(Tag.PIXEL_DATA).orElse(null) instanceof Element.Bytes b && b.value().length >= packed) {
            return b.value();
        }
        throw new DecodeException(Tag.PIXEL_DATA + " must hold " + packed + " native bytes for " + frames
                + " frames; it is missing, shorter or compressed");
    }

    boolean isSet(int frame, int pixel) {
        long bit = frame * bitsPerFrame + pixel;
        return (bytes[(int) (bit >> 3)] >> (bit & 7) & 1) != 0;
    }
}
