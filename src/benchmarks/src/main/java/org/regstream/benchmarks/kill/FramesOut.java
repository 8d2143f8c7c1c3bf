package org.regstream.benchmarks.kill;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.regstream.core.RegstreamException;

/** A gateway that waits for its broker, so that every frame reaches it, once and in order. Thread-safe. */
final class FramesOut implements AutoCloseable {

    private static final String TOPIC = "dicom.frames";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaProducer<String, byte[]> producer;

    FramesOut(String bootstrap) {
        int patience = (int) PATIENCE.toMillis();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0,
                "max.block.ms", patience, "delivery.timeout.ms", patience, "reconnect.backoff.max.ms", 500),
                new StringSerializer(), new ByteArraySerializer());
    }

    Future<RecordMetadata> send(String series, byte[] instance) {
        return producer.send(new ProducerRecord<>(TOPIC, series, instance));
    }

    /** @return where the broker has put it
     *  @throws RegstreamException if it did not take it: then nothing can be said of the service */
    static RecordMetadata await(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            return sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RegstreamException("the broker did not take a frame: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
