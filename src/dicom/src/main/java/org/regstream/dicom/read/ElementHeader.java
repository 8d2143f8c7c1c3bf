package org.regstream.dicom.read;

import org.regstream.core.DecodeException;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;

/**
 * Tag, representation and length in front of a value.
 *
 * @param length in bytes, or {@link #UNDEFINED}
 */
record ElementHeader(int tag, Vr vr, long length) {
    static final long UNDEFINED = 0xffffffffL;
    static final int ITEM = 0xfffee000;
    static final int ITEM_DELIMITER = 0xfffee00d;
    static final int SEQUENCE_DELIMITER = 0xfffee0dd;

    boolean isUndefinedLength() {
        return length == UNDEFINED;
    }

    static ElementHeader read(Cursor cursor, boolean explicit) {
        int tag = cursor.tag();
        if (tag >>> 16 == 0xfffe) {
            return new ElementHeader(tag, Vr.UN, cursor.u32("a length"));
        }
        return explicit && hasLetters(cursor) ? explicit(cursor, tag) : implicit(cursor, tag);
    }

    /** Some devices mix elements of the implicit form into an explicit data set; two letters tell the forms apart. */
    private static boolean hasLetters(Cursor cursor) {
        return isLetter(cursor.peek(0)) && isLetter(cursor.peek(1));
    }

    private static boolean isLetter(int b) {
        return b >= 'A' && b <= 'Z';
    }

    private static ElementHeader implicit(Cursor cursor, int tag) {
        long length = cursor.u32("a length");
        Vr unknown = length == UNDEFINED ? Vr.SQ : Vr.UN;
        return new ElementHeader(tag, Tag.of(tag).map(Tag::vr).orElse(unknown), length);
    }

    private static ElementHeader explicit(Cursor cursor, int tag) {
        int first = cursor.peek(0);
        int second = cursor.peek(1);
        Vr vr = Vr.of(first, second).orElse(Vr.UN);
        boolean known = vr != Vr.UN || first == 'U' && second == 'N';
        cursor.skip(2);
        if (vr.hasLongLength() && (known || isReservedZero(cursor))) {
            cursor.u16("reserved bytes");
            return new ElementHeader(tag, vr, cursor.u32("a length"));
        }
        return new ElementHeader(tag, vr, cursor.u16("a length"));
    }

    /** A representation newer than this code has the long form, one that a device invented mostly the short. */
    private static boolean isReservedZero(Cursor cursor) {
        return cursor.peek(0) == 0 && cursor.peek(1) == 0;
    }

    DecodeException problem(int at, String got, String expected) {
        return new DecodeException(Tag.describe(tag) + " at byte " + at + ": got " + got + ", expected " + expected);
    }
}
