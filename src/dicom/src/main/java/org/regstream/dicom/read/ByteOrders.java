package org.regstream.dicom.read;

/** Turns the bytes of words round. */
final class ByteOrders {

    private ByteOrders() {}

    /** @param value    turned in place; an incomplete last word stays as it is
     *  @param wordBytes 1, 2, 4 or 8
     *  @return {@code value} */
    static byte[] turn(byte[] value, int wordBytes) {
        for (int word = 0; word + wordBytes <= value.length; word += wordBytes) {
            for (int a = word, b = word + wordBytes - 1; a < b; a++, b--) {
                byte kept = value[a];
                value[a] = value[b];
                value[b] = kept;
            }
        }
        return value;
    }
}
