package org.regstream.navigation;

import java.nio.ByteBuffer;

/** What a message carries, without its header. */
public sealed interface Content
        permits Image, Transform, LabelList, Surface, Text, Status, Capability, Confirmation, Nothing {

    /** @return the header's type */
    String type();

    /** @return bytes, 0 or more */
    long size();

    /** @param to big-endian; {@link #size} bytes are put, and it is left big-endian */
    void encode(ByteBuffer to);
}
