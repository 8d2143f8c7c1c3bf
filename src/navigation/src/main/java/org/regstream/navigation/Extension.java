package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.regstream.core.DecodeException;

/**
 * What protocol 3 puts around the content: an extended header before it, and metadata behind it.
 *
 * <pre>
 * 0                 2                  4           8          12
 * | EXT_HEADER_SIZE | META_HEADER_SIZE | META_SIZE | MSG_ID   |  content  | COUNT | (KEY_SIZE, ENCODING, VALUE_SIZE)* | (KEY VALUE)* |
 * </pre>
 *
 * @param messageId names the message; an answer has that of its question; 0 if unused
 * @param metadata  ASCII values by ASCII key, in this order
 */
public record Extension(int messageId, Map<String, String> metadata) {

    static final int HEADER_SIZE = 12;
    /** US-ASCII among IANA's character sets. */
    private static final short ASCII = 3;
    private static final int ENTRY_SIZE = 8;
    /** Readers of the reference library take the size of the metadata as 16 bits. */
    private static final int MAX_METADATA = 0xffff;

    public Extension {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        metadata.forEach((key, value) -> {
            Ascii.require("a metadata key", key, MAX_METADATA);
            Ascii.require("metadata " + key, value, MAX_METADATA);
        });
        if (size(metadata) > MAX_METADATA) {
            throw new IllegalArgumentException(
                    "metadata must take at most " + MAX_METADATA + " bytes, got " + size(metadata));
        }
    }

    private static int size(Map<String, String> metadata) {
        return metadata.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length()).sum();
    }

    /** @return bytes before and behind the content together */
    int size() {
        return HEADER_SIZE + metadataHeaderSize() + size(metadata);
    }

    private int metadataHeaderSize() {
        return Short.BYTES + ENTRY_SIZE * metadata.size();
    }

    void encodeHeader(ByteBuffer to) {
        to.putShort((short) HEADER_SIZE).putShort((short) metadataHeaderSize()).putInt(size(metadata))
                .putInt(messageId);
    }

    void encodeMetadata(ByteBuffer to) {
        to.putShort((short) metadata.size());
        metadata.forEach((key, value) -> to.putShort((short) key.length()).putShort(ASCII).putInt(value.length()));
        metadata.forEach((key, value) -> to.put(key.getBytes(StandardCharsets.US_ASCII))
                .put(value.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * @param body     the beginning of a body, big-endian, at least {@link #HEADER_SIZE} bytes if the body is that long
     * @param bodySize of the whole body
     * @return the message's id
     * @throws DecodeException if the sizes do not fit into the body
     */
    public static int messageId(ByteBuffer body, long bodySize) {
        if (bodySize < HEADER_SIZE) {
            throw new DecodeException("a body of protocol 3 has at least " + HEADER_SIZE + " bytes, got " + bodySize);
        }
        int header = body.getShort() & 0xffff;
        int metadataHeader = body.getShort() & 0xffff;
        long metadata = body.getInt() & 0xFFFFFFFFL;
        if (header < HEADER_SIZE || header + metadataHeader + metadata > bodySize) {
            throw new DecodeException("extended header, metadata header and metadata of " + header + ", "
                    + metadataHeader + " and " + metadata + " bytes do not fit into a body of " + bodySize);
        }
        return body.getInt();
    }
}
