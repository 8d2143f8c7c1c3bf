package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * How one pixel cell holds a stored value. MONOCHROME1 differs from MONOCHROME2 only in how it is displayed: the values are
 * kept as stored.
 *
 * @param rows          H, at least 1
 * @param columns       W, at least 1
 * @param bitsAllocated of a cell: 8, 16 or 32
 * @param bitsStored    of the value, 1 to bitsAllocated; what a cell holds beside it (old overlays) is masked away
 * @param highBit       of the value in the cell
 * @param signed        two's complement of bitsStored bits
 */
record PixelFormat(int rows, int columns, int bitsAllocated, int bitsStored, int highBit, boolean signed) {

    static PixelFormat of(DicomObject dicom, ReadLimits limits) {
        requireMonochrome(dicom);
        int allocated = dicom.integer(Tag.BITS_ALLOCATED);
        int stored = dicom.optionalInteger(Tag.BITS_STORED).orElse(allocated);
        PixelFormat format = new PixelFormat(dicom.integer(Tag.ROWS), dicom.integer(Tag.COLUMNS), allocated, stored,
                dicom.optionalInteger(Tag.HIGH_BIT).orElse(stored - 1),
                dicom.optionalInteger(Tag.PIXEL_REPRESENTATION).orElse(0) == 1);
        format.requireSides(limits.maxSide());
        format.requireBits();
        return format;
    }

    private static void requireMonochrome(DicomObject dicom) {
        int samples = dicom.optionalInteger(Tag.SAMPLES_PER_PIXEL).orElse(1);
        String photometric = dicom.optionalString(Tag.PHOTOMETRIC_INTERPRETATION).orElse("MONOCHROME2");
        if (samples != 1 || !photometric.startsWith("MONOCHROME")) {
            throw new DecodeException("images must be MONOCHROME1 or MONOCHROME2 with 1 sample a pixel, got " + samples
                    + " samples of another interpretation; colour images cannot be registered");
        }
    }

    private void requireSides(int maxSide) {
        if (rows < 1 || rows > maxSide || columns < 1 || columns > maxSide) {
            throw new DecodeException(
                    "rows and columns must be 1 to " + maxSide + ", got " + rows + " x " + columns);
        }
    }

    private void requireBits() {
        boolean allocatable = bitsAllocated == 8 || bitsAllocated == 16 || bitsAllocated == 32;
        if (!allocatable || bitsStored < 1 || highBit < bitsStored - 1 || highBit >= bitsAllocated) {
            throw new DecodeException("pixels must have 8, 16 or 32 bits allocated with the stored bits inside, got "
                    + bitsStored + " bits up to bit " + highBit + " of " + bitsAllocated);
        }
    }

    int pixels() {
        return rows * columns;
    }

    int frameBytes() {
        return pixels() * (bitsAllocated / Byte.SIZE);
    }

    /** @param cells little endian
     *  @return the stored value of the pixel at this place: -2^31 to 2^32 - 1 */
    long stored(ByteBuffer cells, int at) {
        long cell = bitsAllocated == 8
                ? cells.get(at)
                : bitsAllocated == 16 ? cells.getShort(2 * at) : cells.getInt(4 * at);
        return stored(cell);
    }

    /** @return the stored value that the lowest bits of a cell say */
    long stored(long cell) {
        int above = Long.SIZE - 1 - highBit;
        int below = Long.SIZE - bitsStored;
        return signed ? cell << above >> below : cell << above >>> below;
    }

    @Override
    public String toString() {
        return rows + " x " + columns + " pixels of " + bitsAllocated + " bits";
    }
}
