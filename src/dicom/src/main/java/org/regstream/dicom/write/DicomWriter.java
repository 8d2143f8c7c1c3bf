package org.regstream.dicom.write;

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
    private static final int ITEM_HEADER = 8;
    private static final int PREAMBLE = 128;
    private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);
    private static final int META_GROUP = 0x0002;
    /** Of a data set: file meta groups and what stands before them is left out. */
    private static final int FIRST_GROUP = 0x0008;

    private DicomWriter() {}

    /**
     * @param dataSet with SOP class and instance UID; a file meta group in it is replaced
     * @return preamble, file meta group and data set, as a new array
     * @throws org.regstream.core.DecodeException if a SOP UID is missing
     * @throws IllegalArgumentException           if a value is longer than its representation allows, or encapsulated
     * @throws ArithmeticException                if the instance has 2 GiB or more
     */
    public static byte[] write(DicomObject dataSet) {
        DicomObject meta = DicomObject.builder()
                .bytes(Tag.FILE_META_INFORMATION_VERSION, Vr.OB, new byte[]{0, 1})
                .text(Tag.MEDIA_STORAGE_SOP_CLASS_UID, dataSet.string(Tag.SOP_CLASS_UID))
                .text(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, dataSet.string(Tag.SOP_INSTANCE_UID))
                .text(Tag.TRANSFER_SYNTAX_UID, TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid())
                .text(Tag.IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_CLASS_UID)
                .text(Tag.IMPLEMENTATION_VERSION_NAME, IMPLEMENTATION_VERSION_NAME).build();
        DicomObject start = DicomObject.builder()
                .longs(Tag.FILE_META_INFORMATION_GROUP_LENGTH, length(meta, META_GROUP)).build();
        int whole = Math.addExact(PREAMBLE + MAGIC.length + length(start, META_GROUP) + length(meta, META_GROUP),
                length(dataSet, FIRST_GROUP));
        ByteBuffer out = ByteBuffer.allocate(whole).order(ByteOrder.LITTLE_ENDIAN).position(PREAMBLE).put(MAGIC);
        write(out, start, META_GROUP);
        write(out, meta, META_GROUP);
        write(out, dataSet, FIRST_GROUP);
        return out.array();
    }

    /** From a group on; group lengths, retired long ago, only in the file meta group. */
    private static boolean isWritten(Element element, int firstGroup) {
        boolean isGroupLength = (element.tag() & 0xffff) == 0;
        return element.tag() >>> 16 >= firstGroup && (!isGroupLength || firstGroup == META_GROUP);
    }

    /** Known before anything is written: a field of megabytes is copied once. */
    private static int length(DicomObject dataSet, int firstGroup) {
        int length = 0;
        for (Element element : dataSet.elements()) {
            if (isWritten(element, firstGroup)) {
                length = Math.addExact(length, headerLength(element) + valueLength(element));
            }
        }
        return length;
    }

    private static int headerLength(Element element) {
        return element.vr().hasLongLength() ? 12 : 8;
    }

    private static int valueLength(Element element) {
        if (element instanceof Element.Bytes bytes) {
            return bytes.value().length + (bytes.value().length & 1);
        }
        if (element instanceof Element.Items sequence) {
            int length = 0;
            for (DicomObject item : sequence.items()) {
                length = Math.addExact(length, ITEM_HEADER + length(item, FIRST_GROUP));
            }
            return length;
        }
        throw new IllegalArgumentException(element + " is encapsulated; decode it before writing");
    }

    private static void write(ByteBuffer out, DicomObject dataSet, int firstGroup) {
        for (Element element : dataSet.elements()) {
            if (isWritten(element, firstGroup)) {
                header(out, element, valueLength(element));
                value(out, element);
            }
        }
    }

    private static void header(ByteBuffer out, Element element, int length) {
        boolean isLong = element.vr().hasLongLength();
        if (!isLong && length > MAX_SHORT_LENGTH) {
            throw new IllegalArgumentException(element + " must have at most " + MAX_SHORT_LENGTH + " bytes");
        }
        tag(out, element.tag()).put(element.vr().name().getBytes(StandardCharsets.US_ASCII));
        if (isLong) {
            out.putShort((short) 0).putInt(length);
        } else {
            out.putShort((short) length);
        }
    }

    private static void value(ByteBuffer out, Element element) {
        if (element instanceof Element.Bytes bytes) {
            out.put(bytes.value());
            if (bytes.value().length % 2 != 0) {
                out.put(element.vr().padding());
            }
        } else if (element instanceof Element.Items sequence) {
            for (DicomObject item : sequence.items()) {
                tag(out, ITEM).putInt(length(item, FIRST_GROUP));
                write(out, item, FIRST_GROUP);
            }
        }
    }

    private static ByteBuffer tag(ByteBuffer out, int tag) {
        return out.putShort((short) (tag >>> 16)).putShort((short) tag);
    }
}
