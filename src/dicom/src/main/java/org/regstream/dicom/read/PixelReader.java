package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;

/** The stored pixel values of one instance, native or RLE, frame by frame. One instance, thread-safe. */
final class PixelReader {
    private final PixelFormat format;
    private final Element pixelData;
    private final int frames;
    private final PixelPadding padding;

    /** @throws DecodeException if the pixels are not there in full, or not monochrome integers of 8, 16 or 32 bits */
    PixelReader(DicomObject dicom, ReadLimits limits) {
        this.format = PixelFormat.of(dicom, limits);
        this.frames = dicom.optionalInteger(Tag.NUMBER_OF_FRAMES).orElse(1);
        this.padding = PixelPadding.of(dicom, format);
        this.pixelData = dicom.element(Tag.PIXEL_DATA)
                .orElseThrow(() -> new DecodeException(Tag.PIXEL_DATA + " is missing, expected an image"));
        if (frames < 1 || frames > limits.maxFrames()) {
            throw new DecodeException(
                    Tag.NUMBER_OF_FRAMES + " must be 1 to " + limits.maxFrames() + ", got " + frames);
        }
        requireFrames(dicom, limits);
    }

    PixelFormat format() {
        return format;
    }

    int frames() {
        return frames;
    }

    /** @param frame from 0
     *  @return slope * stored value + intercept, [H, W], as a new array; NaN where there is no image */
    float[] read(int frame, double slope, double intercept) {
        ByteBuffer cells = cells(frame);
        if (format.bitsAllocated() == Short.SIZE) {
            return words(cells, slope, intercept);
        }
        float[] values = new float[format.pixels()];
        for (int at = 0; at < values.length; at++) {
            values[at] = value(format.stored(cells, at), slope, intercept);
        }
        return values;
    }

    private float value(long stored, double slope, double intercept) {
        return padding.contains(stored) ? Float.NaN : (float) (slope * stored + intercept);
    }

    /** What nearly all images are, as fast as they come in: cells fetched at once, padding looked for only where there may be some. */
    private float[] words(ByteBuffer cells, double slope, double intercept) {
        short[] words = new short[format.pixels()];
        cells.asShortBuffer().get(words);
        float[] values = new float[words.length];
        int above = Integer.SIZE - 1 - format.highBit();
        int below = Integer.SIZE - format.bitsStored();
        if (!padding.isNone()) {
            for (int at = 0; at < words.length; at++) {
                values[at] = value(format.stored(words[at]), slope, intercept);
            }
        } else if (format.signed()) {
            for (int at = 0; at < words.length; at++) {
                values[at] = (float) (slope * (words[at] << above >> below) + intercept);
            }
        } else {
            for (int at = 0; at < words.length; at++) {
                values[at] = (float) (slope * (words[at] << above >>> below) + intercept);
            }
        }
        return values;
    }

    /** @return the cells of one frame, little endian, to read from only */
    ByteBuffer cells(int frame) {
        if (pixelData instanceof Element.Fragments encapsulated) {
            byte[] decoded = Rle.decode(encapsulated.fragments().get(frame + 1), format.pixels(),
                    format.bitsAllocated() / Byte.SIZE);
            return ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN);
        }
        byte[] value = ((Element.Bytes) pixelData).value();
        return ByteBuffer.wrap(value, frame * format.frameBytes(), format.frameBytes()).slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private void requireFrames(DicomObject dicom, ReadLimits limits) {
        if (pixelData instanceof Element.Fragments encapsulated) {
            requireRle(dicom.string(Tag.TRANSFER_SYNTAX_UID), encapsulated.fragments());
            requireDecoded(limits.maxBytes());
        } else if (pixelData instanceof Element.Bytes bytes) {
            requireNative(bytes.value().length);
            requireByteOrder(dicom.string(Tag.TRANSFER_SYNTAX_UID));
        } else {
            throw new DecodeException(pixelData + " is a sequence, expected pixels");
        }
    }

    /** A few bytes behind the last pixel are padding; as many as a frame are an image that nobody would see. */
    private void requireNative(int length) {
        long expected = (long) frames * format.frameBytes();
        if (length < expected) {
            throw new DecodeException(Tag.PIXEL_DATA + " has " + length + " bytes, expected " + expected + " for "
                    + frames + " frames of " + format);
        }
        if (length >= expected + format.frameBytes()) {
            throw new DecodeException(Tag.PIXEL_DATA + " has " + length + " bytes, expected " + expected + " for "
                    + frames + " frames of " + format + "; say in " + Tag.NUMBER_OF_FRAMES + " how many there are");
        }
    }

    /** DCMTK turns words of 16 bits in such pixels, pydicom of 32: nobody can tell which a file is. */
    private void requireByteOrder(String syntax) {
        if (format.bitsAllocated() == 32 && syntax.equals(TransferSyntax.EXPLICIT_BIG_ENDIAN.uid())) {
            throw new DecodeException("pixels of 32 bits in explicit big endian are ambiguous; send little endian");
        }
    }

    private void requireRle(String syntax, List<byte[]> fragments) {
        if (!TransferSyntax.RLE_LOSSLESS.uid().equals(syntax)) {
            throw new DecodeException(
                    Tag.PIXEL_DATA + " is encapsulated, but transfer syntax " + syntax + " has native pixels");
        }
        if (fragments.size() != frames + 1) {
            throw new DecodeException(Tag.PIXEL_DATA + " has " + fragments.size()
                    + " fragments, expected an offset table and one of each of " + frames + " frames");
        }
    }

    /** A few bytes of RLE may stand for many frames of many pixels, each of which its fragment can hold. */
    private void requireDecoded(long maxBytes) {
        long bytes = (long) frames * format.frameBytes();
        if (bytes > maxBytes) {
            throw new DecodeException(Tag.PIXEL_DATA + " takes " + bytes + " bytes once decoded, expected at most "
                    + maxBytes + "; send fewer frames at a time");
        }
    }
}
