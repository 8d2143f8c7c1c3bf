package org.regstream.service.dicomweb;

import java.util.concurrent.CompletionStage;

/** Where accepted instances go. Safe for use by many threads. */
public interface FramesTopic extends AutoCloseable {

    /** @return whether a delivery is worth a try */
    boolean isReachable();

    /**
     * @param key   SeriesInstanceUID: a series stays on one partition, in order
     * @param value a DICOM Part 10 instance; not to be modified any more
     * @return completes when every in-sync replica has the record, or exceptionally, after the delivery time-out at the latest:
     *         with a {@link TooLargeException} where the record itself is at fault, else because the broker is
     */
    CompletionStage<Void> deliver(String key, byte[] value);

    @Override
    void close();
}
