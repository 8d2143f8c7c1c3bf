package org.regstream.navigation;

import java.nio.ByteBuffer;

/**
 * An empty body: the specification's answer to GET_… where there is no such data.
 *
 * @param type of the data asked for, at most 12 ASCII characters
 */
public record Nothing(String type) implements Content {

    public Nothing {
        Ascii.require("a message type", type, MessageHeader.TYPE_SIZE);
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public void encode(ByteBuffer to) {}
}
