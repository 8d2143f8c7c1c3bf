package org.regstream.navigation;

import java.nio.ByteBuffer;

/**
 * RTS_…: the answer to STT_… and STP_…, one byte: 0 if it was done, 1 if not.
 *
 * @param type   with its prefix, at most 12 ASCII characters
 * @param isDone whether what was asked for was done
 */
public record Confirmation(String type, boolean isDone) implements Content {

    public Confirmation {
        Ascii.require("a message type", type, MessageHeader.TYPE_SIZE);
    }

    @Override
    public long size() {
        return 1;
    }

    @Override
    public void encode(ByteBuffer to) {
        to.put((byte) (isDone ? 0 : 1));
    }
}
