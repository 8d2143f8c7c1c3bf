package org.regstream.service.dicomweb;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** {@code dicom.frames}, written with {@code acks=all}. Once a delivery failed, others are refused until the broker is seen again. */
public final class KafkaFramesTopic implements FramesTopic {

    private static final List<Header> HEADERS = List
            .of(new RecordHeader("content-type", "application/dicom".getBytes(StandardCharsets.US_ASCII)));

    /** Room for key, headers and the batch around the value. */
    private static final int ENVELOPE = 64 << 10;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final BrokerWatch watch;
    private final String topic;

    private KafkaFramesTopic(Producer<String, byte[]> producer, BrokerWatch watch, String topic) {
        this.producer = producer;
        this.watch = watch;
        this.topic = topic;
    }

    /**
     * @param broker   address and security, as for any client
     * @param patience until a record that is not acknowledged counts as not delivered
     */
    public static KafkaFramesTopic open(Map<String, Object> broker, String topic, int maxInstanceBytes,
            Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        Map<String, Object> config = new HashMap<>(broker);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxInstanceBytes + ENVELOPE);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * (maxInstanceBytes + ENVELOPE));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        return new KafkaFramesTopic(new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()),
                BrokerWatch.start(broker, topic), topic);
    }

    @Override
    public boolean isReachable() {
        return watch.isReachable();
    }

    @Override
    public CompletionStage<Void> deliver(String key, byte[] value) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            producer.send(new ProducerRecord<>(topic, null, key, value, HEADERS),
                    (written, failure) -> complete(done, failure));
        } catch (KafkaException e) {
            complete(done, e);
        }
        return done;
    }

    private void complete(CompletableFuture<Void> done, Exception failure) {
        if (failure == null) {
            done.complete(null);
        } else if (failure instanceof RecordTooLargeException) {
            done.completeExceptionally(new TooLargeException("larger than a record of " + topic + " may be", failure));
        } else {
            watch.foundAway();
            done.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {
        watch.close();
        producer.close(CLOSE_TIMEOUT);
    }
}
