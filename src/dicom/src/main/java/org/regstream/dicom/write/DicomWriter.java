package org.regstream.dicom.write;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;

/** Writes a data set as a Part 10 instance in explicit little endian, all lengths defined. Thread-safe. */
public final class DicomWriter {

    /** Derived once from the name org.regstream, see {@link DerivedUid}. */
    private static final String IMPLEMENTATION_CLASS_UID = DerivedUid.of("implementation", List.of("org.regstream"));
    private static final String IMPLEMENTATION_VERSION_NAME = "REGSTREAM_0_1";
    private static final int MAX_SHORT_LENGTH = 0xfffe;
    private static final int ITEM = 0xfffee000;

    private DicomWriter() {}

    /**
     * @param dataSet with SOP class and instance UID; a file meta group in it is replaced
     * @return preamble, file meta group and data set, as a new array
     * @throws org.regstream.core.DecodeException if a SOP UID is missing
     * @throws IllegalArgumentException           if a value is longer than its representation allows, or encapsulated
     */
    public static byte[] write(DicomObject dataSet) {
        byte[] meta = bytes(DicomObject.builder()
                .bytes(Tag.FILE_META_INFORMATION_VERSION, Vr.OB, new byte[]{0, 1})
                .text(Tag.MEDIA_STORAGE_SOP_CLASS_UID, dataSet.string(Tag.SOP_CLASS_UID))
                .text(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, dataSet.string(Tag.SOP_INSTANCE_UID))
                .text(Tag.TRANSFER_SYNTAX_UID, TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid())
                .text(Tag.IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_CLASS_UID)
                .text(Tag.IMPLEMENTATION_VERSION_NAME, IMPLEMENTATION_VERSION_NAME).build(), 0x0002);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes(DicomObject.builder().longs(Tag.FILE_META_INFORMATION_GROUP_LENGTH, meta.length).build(),
                0x0002));
        out.writeBytes(meta);
        out.writeBytes(bytes(dataSet, 0x0008));
        return out.toByteArray();
    }

    /** The elements from a group on; group lengths, retired long ago, only in the file meta group. */
    private static byte[] bytes(DicomObject dataSet, int firstGroup) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Element element : dataSet.elements()) {
            boolean isGroupLength = (element.tag() & 0xffff) == 0;
            if (element.tag() >>> 16 >= firstGroup && (!isGroupLength || firstGroup == 0x0002)) {
                write(out, element);
            }
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Element element) {
        if (element instanceof Element.Bytes bytes) {
            header(out, element, bytes.value().length + (bytes.value().length & 1));
            padded(out, bytes.value(), element.vr().padding());
        } else if (element instanceof Element.Items sequence) {
            byte[] items = items(sequence.items());
            header(out, element, items.length);
            out.writeBytes(items);
        } else {
            throw new IllegalArgumentException(element + " is encapsulated; decode it before writing");
        }
    }

    private static byte[] items(List<DicomObject> items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (DicomObject item : items) {
            byte[] value = bytes(item, 0x0008);
            out.writeBytes(
                    buffer(8).putShort((short) (ITEM >>> 16)).putShort((short) ITEM).putInt(value.length).array());
            out.writeBytes(value);
        }
        return out.toByteArray();
    }

    private static void header(ByteArrayOutputStream out, Element element, int length) {
        boolean isLong = element.vr().hasLongLength();
        if (!isLong && length > MAX_SHORT_LENGTH) {
            throw new IllegalArgumentException(element + " must have at most " + MAX_SHORT_LENGTH + " bytes");
        }
        ByteBuffer header = buffer(isLong ? 12 : 8).putShort((short) (element.tag() >>> 16))
                .putShort((short) element.tag()).put(element.vr().name().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes((isLong ? header.putShort((short) 0).putInt(length) : header.putShort((short) length)).array());
    }

    private static void padded(ByteArrayOutputStream out, byte[] value, byte padding) {
        out.writeBytes(value);
        if (value.length % 2 != 0) {
            out.write(padding);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
