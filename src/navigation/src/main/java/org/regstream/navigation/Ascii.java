package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Fields of fixed length that hold ASCII text, filled up with zeros; a text that fills its field has no zero behind it. */
final class Ascii {

    private Ascii() {}

    /** @return text itself
     *  @throws IllegalArgumentException if it is not printable ASCII of at most {@code length} characters */
    static String require(String what, String text, int length) {
        if (text.length() > length || !text.chars().allMatch(Ascii::isPrintable)) {
            throw new IllegalArgumentException(what + " must be at most " + length + " printable ASCII characters, got "
                    + text.length() + " characters");
        }
        return text;
    }

    /** @param text checked before */
    static void put(ByteBuffer to, String text, int length) {
        to.put(text.getBytes(StandardCharsets.US_ASCII)).put(new byte[length - text.length()]);
    }

    /** @return the text up to the first zero; what is not printable ASCII becomes a question mark: it goes into logs */
    static String get(ByteBuffer from, int length) {
        byte[] field = new byte[length];
        from.get(field);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length && field[i] != 0; i++) {
            text.append(isPrintable(field[i]) ? (char) field[i] : '?');
        }
        return text.toString();
    }

    /** @return text cut to {@code length} and with a question mark for each character that is not printable ASCII */
    static String fit(String text, int length) {
        String cut = text.substring(0, Math.min(length, text.length()));
        StringBuilder fitting = new StringBuilder();
        cut.chars().forEach(c -> fitting.append(isPrintable(c) ? (char) c : '?'));
        return fitting.toString();
    }

    static boolean isPrintable(int character) {
        return character >= ' ' && character <= '~';
    }
}
