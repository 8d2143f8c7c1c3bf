package org.regstream.service.testing;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Records of the frames' topic as the connector would hand them over; remembers what became of each. */
public final class FrameMessages {

    private final AtomicLong offset = new AtomicLong();
    private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> refused = new ConcurrentLinkedQueue<>();

    public Message<byte[]> next(byte[] value) {
        return next(value, Instant.now());
    }

    /** @param sentAt the record's time stamp */
    public Message<byte[]> next(byte[] value, Instant sentAt) {
        long at = offset.getAndIncrement();
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("dicom.frames", 0, at, sentAt.toEpochMilli(),
                TimestampType.CREATE_TIME, 0, value.length, "series", value, new RecordHeaders(),
                Optional.empty());
        return Message.of(value, Metadata.of(new IncomingKafkaRecordMetadata<>(record, "frames")), () -> {
            acknowledged.add(at);
            return CompletableFuture.completedStage(null);
        }, reason -> {
            refused.add(reason);
            return CompletableFuture.completedStage(null);
        });
    }

    /** @return offsets, in the order of acknowledgement */
    public List<Long> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** @return why records went to the dead-letter topic */
    public List<Throwable> refused() {
        return List.copyOf(refused);
    }
}
