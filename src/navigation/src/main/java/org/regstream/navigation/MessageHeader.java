package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.regstream.core.DecodeException;

/**
 * The 58 bytes before every body.
 *
 * @param version  layout of the body
 * @param type     what the body holds, at most 12 ASCII characters, such as {@code IMAGE} or {@code GET_IMAGE}
 * @param device   where it comes from or what is asked for, at most 20 ASCII characters; may be empty
 * @param time     when the data came to be; 1970-01-01 if unknown
 * @param bodySize bytes of the body, 0 or more
 * @param crc      {@link Crc64} of the body
 */
public record MessageHeader(HeaderVersion version, String type, String device, Instant time, long bodySize, long crc) {

    public static final int SIZE = 58;
    public static final int TYPE_SIZE = 12;
    public static final int DEVICE_SIZE = 20;

    public MessageHeader {
        Ascii.require("a message type", type, TYPE_SIZE);
        Ascii.require("a device name", device, DEVICE_SIZE);
        if (bodySize < 0) {
            throw new IllegalArgumentException("bodySize must be 0 or more, got " + bodySize);
        }
    }

    /**
     * @param bytes big-endian; {@link #SIZE} bytes are taken
     * @throws DecodeException if this is no header: an unknown version, a type that is none, or a size beyond 2^63
     */
    public static MessageHeader decode(ByteBuffer bytes) {
        HeaderVersion version = HeaderVersion.of(bytes.getShort() & 0xffff);
        String type = Ascii.get(bytes, TYPE_SIZE);
        String device = Ascii.get(bytes, DEVICE_SIZE);
        Instant time = Timestamps.decode(bytes.getLong());
        long bodySize = bytes.getLong();
        if (!type.matches("[A-Za-z0-9_]+")) {
            throw new DecodeException("message type must be letters, digits and underscores, got '" + type
                    + "'; the sender speaks no OpenIGTLink, or lost its place");
        }
        if (bodySize < 0) {
            throw new DecodeException("body size of " + type + " is " + Long.toUnsignedString(bodySize)
                    + " bytes, which no body has; the sender lost its place");
        }
        return new MessageHeader(version, type, device, time, bodySize, bytes.getLong());
    }

    /** @param to big-endian; {@link #SIZE} bytes are put */
    public void encode(ByteBuffer to) {
        to.putShort((short) version.number());
        Ascii.put(to, type, TYPE_SIZE);
        Ascii.put(to, device, DEVICE_SIZE);
        to.putLong(Timestamps.encode(time)).putLong(bodySize).putLong(crc);
    }
}
