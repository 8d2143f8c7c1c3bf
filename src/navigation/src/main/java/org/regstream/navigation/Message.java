package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * A message to be sent.
 *
 * @param device    its name, at most 20 ASCII characters
 * @param time      when what it shows was so: acquisition, not sending
 * @param content   what it carries
 * @param metadata  ASCII values by ASCII key; only protocol 3 carries them
 * @param messageId of the question it answers, 0 if none; only protocol 3 carries it
 */
public record Message(String device, Instant time, Content content, Map<String, String> metadata, int messageId) {

    /** An array holds no more. */
    private static final long MAX_SIZE = Integer.MAX_VALUE - 8L;

    /** A message without metadata that answers nobody. */
    public static Message of(String device, Instant time, Content content) {
        return new Message(device, time, content, Map.of(), 0);
    }

    /**
     * @return header and body, as a new array
     * @throws IllegalArgumentException if it takes 2 GiB or more, or if a field cannot hold its value
     */
    public byte[] encode(HeaderVersion version) {
        Extension extension = new Extension(messageId, metadata);
        boolean isExtended = version == HeaderVersion.PROTOCOL_3;
        long bodySize = content.size() + (isExtended ? extension.size() : 0);
        ByteBuffer to = ByteBuffer.allocate(requireArray(MessageHeader.SIZE + bodySize)).position(MessageHeader.SIZE);
        if (isExtended) {
            extension.encodeHeader(to);
        }
        content.encode(to);
        if (isExtended) {
            extension.encodeMetadata(to);
        }
        new MessageHeader(version, content.type(), device, time, bodySize, Crc64.of(to.array(), MessageHeader.SIZE))
                .encode(to.position(0));
        return to.array();
    }

    private int requireArray(long size) {
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException(content.type() + " takes " + size + " bytes, at most " + MAX_SIZE
                    + " can be sent; send a smaller region");
        }
        return (int) size;
    }
}
