package org.regstream.dicom.read;

import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;

/** Finds the syntax a data set is really in, from its first element, where the file meta group is silent or wrong. */
final class Sniffer {

    /** Highest group a data set may begin with when nothing but its first bytes says that it is DICOM. */
    private static final int MAX_FIRST_GROUP = 0x0020;

    private Sniffer() {}

    /** @param declared what the file meta group says */
    static TransferSyntax syntax(byte[] bytes, int start, Optional<String> declared) {
        if (declared.isEmpty()) {
            return guess(bytes, start);
        }
        TransferSyntax syntax = TransferSyntax.of(declared.get());
        boolean reallyExplicit = syntax == TransferSyntax.IMPLICIT_LITTLE_ENDIAN && hasVr(bytes, start);
        return reallyExplicit ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : syntax;
    }

    /** Whether an element of the file meta group begins at a byte, which is always explicit little endian. */
    static boolean isMeta(byte[] bytes, int start) {
        return bytes.length - start >= 8 && bytes[start] == 2 && bytes[start + 1] == 0 && hasVr(bytes, start);
    }

    /** Whether a data set begins at a byte, as far as its first element tells. */
    static boolean isDataSet(byte[] bytes, int start) {
        return bytes.length - start >= 8 && (isLittleEndian(bytes, start) || isBigEndian(bytes, start));
    }

    private static TransferSyntax guess(byte[] bytes, int start) {
        if (!isDataSet(bytes, start)) {
            throw new DecodeException("not a DICOM instance: no \"DICM\" at byte 128 and no data set at byte " + start
                    + " of " + bytes.length);
        }
        if (isBigEndian(bytes, start)) {
            return TransferSyntax.EXPLICIT_BIG_ENDIAN;
        }
        return hasVr(bytes, start) ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : TransferSyntax.IMPLICIT_LITTLE_ENDIAN;
    }

    private static boolean isLittleEndian(byte[] bytes, int start) {
        return isFirstGroup(bytes[start], bytes[start + 1]);
    }

    private static boolean isBigEndian(byte[] bytes, int start) {
        return isFirstGroup(bytes[start + 1], bytes[start]) && hasVr(bytes, start);
    }

    private static boolean isFirstGroup(byte low, byte high) {
        int group = high << 8 & 0xff00 | low & 0xff;
        return group >= 0x0008 && group <= MAX_FIRST_GROUP && group % 2 == 0;
    }

    private static boolean hasVr(byte[] bytes, int start) {
        return bytes.length - start >= 8 && Vr.of(bytes[start + 4], bytes[start + 5]).isPresent();
    }
}
