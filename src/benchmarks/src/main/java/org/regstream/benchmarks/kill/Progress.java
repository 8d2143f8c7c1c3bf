package org.regstream.benchmarks.kill;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.regstream.core.RegstreamException;

/** How far the service has committed its frames. Thread-safe. */
final class Progress implements AutoCloseable {

    private static final String GROUP = "regstream";
    private static final Duration ONE_ANSWER = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 500;

    private final Admin admin;

    Progress(String bootstrap) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "reconnect.backoff.max.ms", 500));
    }

    /** Waits until a frame, and all before it, need not come again.
     *  @throws RegstreamException if that takes longer than 5 minutes */
    void awaitCommitted(RecordMetadata frame) throws InterruptedException {
        TopicPartition partition = new TopicPartition(frame.topic(), frame.partition());
        for (long limit = System.nanoTime() + LIMIT.toNanos(); committed(partition) <= frame.offset();) {
            if (System.nanoTime() - limit > 0) {
                throw new RegstreamException("the service has not committed the frame at partition " + frame.partition()
                        + " offset " + frame.offset() + " within " + LIMIT + ", but " + committed(partition));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** @return the offset that a new instance would begin at; 0 also while the broker does not answer */
    private long committed(TopicPartition partition) throws InterruptedException {
        try {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata()
                    .get(ONE_ANSWER.toMillis(), TimeUnit.MILLISECONDS).get(partition);
            return committed == null ? 0 : committed.offset();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        admin.close(ONE_ANSWER);
    }
}
