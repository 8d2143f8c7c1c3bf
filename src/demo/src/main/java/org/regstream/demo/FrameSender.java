package org.regstream.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.regstream.core.RegstreamException;

/** Sends DICOM instances as records, as a gateway beside a scanner does. Thread-safe. */
final class FrameSender implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final int LARGEST_RECORD = 9 << 20;
    private static final int DELIVERY_TIMEOUT_MILLIS = 30_000;

    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private volatile Exception failure;

    FrameSender(String bootstrapServers, String topic) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /**
     * Hands one instance over; the broker has it after {@link #flush()}.
     *
     * @return where it lies once the broker has it
     * @throws RegstreamException if an earlier one could not be delivered
     */
    Future<RecordMetadata> send(String seriesInstanceUid, byte[] instance) {
        requireDelivered();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, seriesInstanceUid, instance);
        record.headers().add("content-type", "application/dicom".getBytes(StandardCharsets.US_ASCII));
        return producer.send(record, (metadata, reason) -> failure = reason == null ? failure : reason);
    }

    /** Waits until the broker has everything, 30 s at most. */
    void flush() {
        producer.flush();
        requireDelivered();
    }

    private void requireDelivered() {
        if (failure != null) {
            throw new RegstreamException("the broker did not take an instance for topic " + topic + ": "
                    + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
