package org.regstream.benchmarks.kill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the service has come with its frames. Thread-safe. */
final class Progress implements AutoCloseable {

    private static final String GROUP = "regstream";
    private static final String LABELS = "display.labels";
    private static final Duration ONE_RESULT = Duration.ofMinutes(1);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 500;

    private final Admin admin;

    Progress(String bootstrap) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "reconnect.backoff.max.ms", 500));
    }

    /** Waits until a frame, and all before it, need not come again; 5 minutes at most. @return whether that is so */
    boolean awaitCommitted(RecordMetadata frame) throws InterruptedException {
        TopicPartition partition = new TopicPartition(frame.topic(), frame.partition());
        for (long limit = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() - limit < 0;) {
            if (committed(partition) > frame.offset()) {
                return true;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return false;
    }

    /** Waits until results are published that are not now, a minute at most. */
    void awaitResults() throws InterruptedException {
        long before = -1;
        for (long limit = System.nanoTime() + ONE_RESULT.toNanos(); System.nanoTime() - limit < 0;) {
            long now = published();
            if (before >= 0 && now > before) {
                return;
            }
            before = now;
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** @return -1 while the broker does not answer */
    private long published() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> ends = admin.describeTopics(List.of(LABELS)).allTopicNames()
                    .get(ONE_ANSWER.toMillis(), TimeUnit.MILLISECONDS).get(LABELS).partitions().stream()
                    .collect(
                            Collectors.toMap(p -> new TopicPartition(LABELS, p.partition()), p -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get(ONE_ANSWER.toMillis(), TimeUnit.MILLISECONDS).values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset).sum();
        } catch (ExecutionException | TimeoutException e) {
            return -1;
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
