package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * CAPABILITY: the message types the sender knows, 12 bytes each.
 *
 * @param types each at most 12 ASCII characters
 */
public record Capability(List<String> types) implements Content {

    public static final String TYPE = "CAPABILITY";

    public Capability {
        types = List.copyOf(types);
        types.forEach(t -> Ascii.require("a message type", t, MessageHeader.TYPE_SIZE));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public long size() {
        return (long) MessageHeader.TYPE_SIZE * types.size();
    }

    @Override
    public void encode(ByteBuffer to) {
        types.forEach(t -> Ascii.put(to, t, MessageHeader.TYPE_SIZE));
    }
}
