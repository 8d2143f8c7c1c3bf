package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;

/** A single-frame image of 2 rows and 3 columns with all that a frame needs; tests change one attribute at a time. */
final class SmallImage {
    static final short[] PIXELS = {1, 2, 3, -4, 500, 32767};

    private final Map<Tag, Object> attributes = new EnumMap<>(Tag.class);
    private byte[] pixels;

    SmallImage() {
        with(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.4").with(Tag.SOP_INSTANCE_UID, "1.2.3.4")
                .with(Tag.STUDY_INSTANCE_UID, "1.2.3").with(Tag.SERIES_INSTANCE_UID, "1.2.3.1")
                .with(Tag.FRAME_OF_REFERENCE_UID, "1.2.3.9").with(Tag.IMAGE_POSITION_PATIENT, "10\\20\\30")
                .with(Tag.IMAGE_ORIENTATION_PATIENT, "1\\0\\0\\0\\1\\0").with(Tag.PIXEL_SPACING, "0.5\\0.25")
                .with(Tag.SLICE_THICKNESS, "2").with(Tag.SAMPLES_PER_PIXEL, 1)
                .with(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2").with(Tag.ROWS, 2).with(Tag.COLUMNS, 3)
                .with(Tag.BITS_ALLOCATED, 16).with(Tag.BITS_STORED, 16).with(Tag.HIGH_BIT, 15)
                .with(Tag.PIXEL_REPRESENTATION, 1);
        ByteBuffer words = ByteBuffer.allocate(2 * PIXELS.length).order(ByteOrder.LITTLE_ENDIAN);
        for (short p : PIXELS) {
            words.putShort(p);
        }
        pixels = words.array();
    }

    /** @param value text or a number of 16 bits */
    SmallImage with(Tag tag, Object value) {
        attributes.put(tag, value);
        return this;
    }

    SmallImage without(Tag tag) {
        attributes.remove(tag);
        return this;
    }

    /** @param cells of the pixel data, little endian */
    SmallImage withPixels(byte[] cells) {
        pixels = cells;
        return this;
    }

    byte[] part10(TransferSyntax syntax) {
        return dataSet(syntax).part10();
    }

    /** The data set alone. */
    byte[] bare(TransferSyntax syntax) {
        return dataSet(syntax).bytes();
    }

    private DataSetBytes dataSet(TransferSyntax syntax) {
        byte[] value = pixels.clone();
        return attributes(syntax).put(Tag.PIXEL_DATA, syntax.isBigEndian() ? ByteOrders.turn(value, 2) : value);
    }

    byte[] part10() {
        return part10(TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
    }

    /** With pixel data of the given fragments, an empty offset table before them. */
    byte[] encapsulated(byte[]... fragments) {
        DataSetBytes out = attributes(TransferSyntax.RLE_LOSSLESS)
                .header(Tag.PIXEL_DATA.code(), Vr.OB, ElementHeader.UNDEFINED).item(ElementHeader.ITEM, 0);
        for (byte[] fragment : fragments) {
            out.item(ElementHeader.ITEM, fragment.length).raw(fragment);
        }
        return out.item(ElementHeader.SEQUENCE_DELIMITER, 0).part10();
    }

    private DataSetBytes attributes(TransferSyntax syntax) {
        DataSetBytes out = new DataSetBytes(syntax);
        attributes.entrySet().stream()
                .sorted((a, b) -> Integer.compareUnsigned(a.getKey().code(), b.getKey().code())).forEach(e -> {
                    if (e.getValue() instanceof Integer number) {
                        out.us(e.getKey(), number);
                    } else {
                        out.text(e.getKey(), (String) e.getValue());
                    }
                });
        return out;
    }
}
