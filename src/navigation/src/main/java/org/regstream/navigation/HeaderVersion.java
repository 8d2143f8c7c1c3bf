package org.regstream.navigation;

import org.regstream.core.DecodeException;

/** Which of the two layouts a message has; the field's own numbers are not those of the protocol. */
public enum HeaderVersion {
    /** Protocol versions 1 and 2: the body is the content. Every receiver reads it. */
    PROTOCOL_2(1),
    /** Protocol version 3: the body has an extended header before the content and metadata behind it. */
    PROTOCOL_3(2);

    private final int number;

    HeaderVersion(int number) {
        this.number = number;
    }

    /** @return what the header's first field holds */
    public int number() {
        return number;
    }

    /** @throws DecodeException if there is no such version */
    public static HeaderVersion of(int number) {
        for (HeaderVersion version : values()) {
            if (version.number == number) {
                return version;
            }
        }
        throw new DecodeException("header version is " + number
                + ", expected 1 or 2; the sender speaks no OpenIGTLink of protocol 1 to 3, or lost its place");
    }
}
