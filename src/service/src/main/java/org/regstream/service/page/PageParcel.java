package org.regstream.service.page;

import java.util.function.Supplier;

/**
 * Something to tell pages. Encoded once, when the first client takes it, however many there are.
 *
 * @param lane    what goes first
 * @param key     a later parcel of the same key takes the place of one that still waits
 * @param content encodes; called off the pipeline's threads
 */
record PageParcel(Lane lane, String key, Supplier<byte[]> content) {

    /** Of the overlay: what is shown, or that nothing is. */
    static final String OVERLAY = "overlay";
    /** Of a volume that is not on the screen any more. */
    static final String FIGURES = "figures";
    static final String HEARTBEAT = "heartbeat";
    static final String END = "end";

    /** In the order in which they are sent. */
    enum Lane {
        URGENT, RESULT
    }

    static PageParcel result(Supplier<byte[]> encoder) {
        return new PageParcel(Lane.RESULT, OVERLAY, once(encoder));
    }

    static PageParcel urgent(String key, Supplier<byte[]> encoder) {
        return new PageParcel(Lane.URGENT, key, once(encoder));
    }

    /** Encoded anew for each client, at the moment it is sent. */
    static PageParcel heartbeat(Supplier<byte[]> encoder) {
        return new PageParcel(Lane.URGENT, HEARTBEAT, encoder);
    }

    private static Supplier<byte[]> once(Supplier<byte[]> encoder) {
        return new Supplier<>() {
            private byte[] bytes;

            @Override
            public synchronized byte[] get() {
                if (bytes == null) {
                    bytes = encoder.get();
                }
                return bytes;
            }
        };
    }

    /** Without the content: it holds patient images. */
    @Override
    public String toString() {
        return "PageParcel " + lane + " " + key;
    }
}
