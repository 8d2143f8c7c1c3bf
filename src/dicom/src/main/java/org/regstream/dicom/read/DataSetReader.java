package org.regstream.dicom.read;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;

/**
 * Reads the elements of one data set, recursively and within {@link ReadLimits}. One use, one thread.
 *
 * <p>Memory stays proportional to the bytes given: a value is copied only after its length was found to be there.
 */
final class DataSetReader {
    private final Cursor cursor;
    private final boolean bigEndian;
    private final ReadLimits limits;
    private int elements;

    DataSetReader(byte[] bytes, int start, boolean bigEndian, ReadLimits limits) {
        this.cursor = new Cursor(bytes, start, bigEndian);
        this.bigEndian = bigEndian;
        this.limits = limits;
    }

    /** Reads to the end of the bytes into {@code target}. */
    void read(DicomObjectBuilder target, boolean explicit) {
        readElements(target, cursor.length(), explicit, 0, false);
    }

    /** Reads the elements of the file meta group, which ends where another group begins, and @return where that is. */
    int readMeta(DicomObjectBuilder target) {
        while (cursor.length() - cursor.position() >= 8 && cursor.peek(0) == 2 && cursor.peek(1) == 0) {
            readElement(target, ElementHeader.read(cursor, true), cursor.length(), true, 0);
        }
        return cursor.position();
    }

    /** @param end       first byte behind the data set
     *  @param delimited whether an item delimiter may end it earlier */
    private void readElements(DicomObjectBuilder target, int end, boolean explicit, int depth, boolean delimited) {
        while (cursor.position() < end) {
            if (depth == 0 && cursor.restIsZero()) {
                return;
            }
            ElementHeader header = ElementHeader.read(cursor, explicit);
            if (delimited && header.tag() == ElementHeader.ITEM_DELIMITER) {
                return;
            }
            readElement(target, header, end, explicit, depth);
        }
        if (delimited) {
            throw new DecodeException("item at byte " + end + " ends without its delimiter (fffe,e00d)");
        }
        requireNotBehind(end);
    }

    private void readElement(DicomObjectBuilder target, ElementHeader header, int end, boolean explicit, int depth) {
        countElement();
        if (header.tag() >>> 16 == 0xfffe) {
            throw header.problem(cursor.position(), "a delimiter", "an attribute");
        }
        if (target.has(header.tag())) {
            throw header.problem(cursor.position(), "a second element with this tag", "one");
        }
        target.put(value(target, header, end, explicit, depth));
    }

    private Element value(DicomObjectBuilder target, ElementHeader header, int end, boolean explicit, int depth) {
        if (header.isUndefinedLength()) {
            return header.vr() == Vr.OB || header.vr() == Vr.OW
                    ? fragments(header, end)
                    : items(target, header, end, explicit && header.vr() != Vr.UN, depth);
        }
        int valueEnd = checkedEnd(header, end);
        boolean isSequence = header.vr() == Vr.SQ
                || header.vr() == Vr.UN && Tag.of(header.tag()).filter(tag -> tag.vr() == Vr.SQ).isPresent();
        if (isSequence) {
            return items(target, header, valueEnd, explicit && header.vr() != Vr.UN, depth);
        }
        byte[] value = cursor.take(valueEnd - cursor.position());
        return new Element.Bytes(header.tag(), header.vr(),
                bigEndian ? ByteOrders.turn(value, header.vr().wordBytes()) : value);
    }

    private Element items(DicomObjectBuilder parent, ElementHeader header, int end, boolean explicit, int depth) {
        if (depth >= limits.maxDepth()) {
            throw header.problem(cursor.position(), "sequences nested deeper than " + limits.maxDepth(),
                    "at most that depth");
        }
        List<DicomObject> items = new ArrayList<>();
        while (cursor.position() < end) {
            ElementHeader item = ElementHeader.read(cursor, explicit);
            if (item.tag() == ElementHeader.SEQUENCE_DELIMITER) {
                return new Element.Items(header.tag(), items);
            }
            if (item.tag() != ElementHeader.ITEM) {
                throw item.problem(cursor.position(), "another attribute", "an item of " + Tag.describe(header.tag()));
            }
            items.add(item(parent.charset(), item, end, explicit, depth + 1));
        }
        if (header.isUndefinedLength()) {
            throw header.problem(cursor.position(), "the end", "a sequence delimiter (fffe,e0dd)");
        }
        requireNotBehind(end);
        return new Element.Items(header.tag(), items);
    }

    /** A header may have reached over the end of what it is in. */
    private void requireNotBehind(int end) {
        if (cursor.position() > end) {
            throw new DecodeException("element header ends at byte " + cursor.position()
                    + ", expected at most the end of its item or sequence at " + end);
        }
    }

    private DicomObject item(Charset inherited, ElementHeader item, int end, boolean explicit, int depth) {
        countElement();
        DicomObjectBuilder builder = DicomObject.builder(inherited);
        int itemEnd = item.isUndefinedLength() ? end : checkedEnd(item, end);
        readElements(builder, itemEnd, explicit, depth, item.isUndefinedLength());
        return builder.build();
    }

    private Element fragments(ElementHeader header, int end) {
        List<byte[]> fragments = new ArrayList<>();
        while (cursor.position() < end) {
            countElement();
            ElementHeader item = ElementHeader.read(cursor, true);
            if (item.tag() == ElementHeader.SEQUENCE_DELIMITER) {
                return new Element.Fragments(header.tag(), header.vr(), fragments);
            }
            if (item.tag() != ElementHeader.ITEM || item.isUndefinedLength()) {
                throw item.problem(cursor.position(), "no item of defined length", "a fragment of pixel data");
            }
            fragments.add(cursor.take(checkedEnd(item, end) - cursor.position()));
        }
        throw header.problem(cursor.position(), "the end", "a sequence delimiter (fffe,e0dd)");
    }

    /** @return the first byte behind the value, once it is known to be there */
    private int checkedEnd(ElementHeader header, int end) {
        if (header.length() > end - cursor.position() || header.length() > limits.maxElementBytes()) {
            throw header.problem(cursor.position(), "length " + header.length(),
                    "at most " + Math.min(end - cursor.position(), limits.maxElementBytes()));
        }
        return cursor.position() + (int) header.length();
    }

    private void countElement() {
        if (++elements > limits.maxElements()) {
            throw new DecodeException("more than " + limits.maxElements() + " elements by byte " + cursor.position());
        }
    }
}
