package org.regstream.dicom.read;

import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * The stored values that fill a matrix up where there is no image (PS3.3 section C.7.5.1.1.2): the padding value, or all from
 * it to the limit of its range.
 *
 * @param from lowest, as stored
 * @param to   highest; below {@code from} if an image is not padded
 */
record PixelPadding(long from, long to) {

    private static final PixelPadding NONE = new PixelPadding(1, 0);

    /** Files give the value as signed or unsigned whatever their pixels are: its bits count. */
    static PixelPadding of(DicomObject dicom, PixelFormat format) {
        if (!dicom.has(Tag.PIXEL_PADDING_VALUE)) {
            return NONE;
        }
        int value = dicom.integer(Tag.PIXEL_PADDING_VALUE);
        long one = format.stored(value);
        long other = format.stored(dicom.optionalInteger(Tag.PIXEL_PADDING_RANGE_LIMIT).orElse(value));
        return new PixelPadding(Math.min(one, other), Math.max(one, other));
    }

    boolean isNone() {
        return from > to;
    }

    boolean contains(long stored) {
        return from <= stored && stored <= to;
    }
}
