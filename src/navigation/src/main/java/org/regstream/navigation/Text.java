package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * STRING: encoding, length, bytes.
 *
 * @param text at most 65535 bytes; marked as ASCII where it is, else as UTF-8
 */
public record Text(String text) implements Content {

    public static final String TYPE = "STRING";
    private static final int MAX_BYTES = 0xffff;
    /** US-ASCII and UTF-8 among IANA's character sets. */
    private static final short ASCII = 3;
    private static final short UTF_8 = 106;

    public Text {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("a STRING holds at most " + MAX_BYTES + " bytes, got " + bytes);
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public long size() {
        return 2L * Short.BYTES + bytes().length;
    }

    @Override
    public void encode(ByteBuffer to) {
        byte[] bytes = bytes();
        to.putShort(bytes.length == text.length() ? ASCII : UTF_8).putShort((short) bytes.length).put(bytes);
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
