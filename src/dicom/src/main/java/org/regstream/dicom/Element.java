package org.regstream.dicom;

import java.util.List;

/**
 * One attribute of a data set. A value's words are little endian, whatever the source's byte order was. The text form of an
 * element never shows its value.
 */
public sealed interface Element {

    /** @return group in the upper 16 bits, element in the lower */
    int tag();

    Vr vr();

    /** @param value as stored, padding included; owned by the element, not to be modified */
    record Bytes(int tag, Vr vr, byte[] value) implements Element {
        @Override
        public String toString() {
            return Tag.describe(tag) + " " + vr + " of " + value.length + " bytes";
        }
    }

    /** @param items nested data sets, in stored order */
    record Items(int tag, List<DicomObject> items) implements Element {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Vr vr() {
            return Vr.SQ;
        }

        @Override
        public String toString() {
            return Tag.describe(tag) + " of " + items.size() + " items";
        }
    }

    /** Encapsulated pixel data.
     *  @param fragments in stored order, the basic offset table first; not to be modified */
    record Fragments(int tag, Vr vr, List<byte[]> fragments) implements Element {
        public Fragments {
            fragments = List.copyOf(fragments);
        }

        @Override
        public String toString() {
            return Tag.describe(tag) + " of " + fragments.size() + " fragments";
        }
    }
}
