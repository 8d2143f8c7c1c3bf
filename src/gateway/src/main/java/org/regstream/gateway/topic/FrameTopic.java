package org.regstream.gateway.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.regstream.core.ConfigurationException;
import org.regstream.gateway.refuse.Refusal;
import org.regstream.gateway.refuse.RefusedException;
import org.regstream.gateway.transcode.Instance;

/**
 * The frames topic, written so that a return from {@link #deliver} means: every in-sync replica has the record.
 *
 * <p>Once a delivery failed, or the {@link BrokerWatch} finds the broker away, further ones are refused at once until the
 * watch finds it back. Safe for use by many threads.
 */
public final class FrameTopic implements AutoCloseable {

    private static final List<Header> HEADERS = List
            .of(new RecordHeader("content-type", "application/dicom".getBytes(StandardCharsets.US_ASCII)));

    /** Room for key, headers and the batch around the value. */
    private static final int ENVELOPE = 64 * 1024;
    private static final int SMALLEST_BUFFER = 32 << 20;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final TopicSettings settings;
    private final Producer<String, byte[]> producer;
    private final BrokerWatch watch;

    private FrameTopic(TopicSettings settings) {
        this.settings = settings;
        this.producer = new KafkaProducer<>(producerSettings(settings));
        this.watch = BrokerWatch.start(settings);
    }

    /**
     * The broker need not be there yet.
     *
     * @throws ConfigurationException if no broker's name can be resolved or a setting is not one of Kafka's
     */
    public static FrameTopic open(TopicSettings settings) {
        try {
            return new FrameTopic(settings);
        } catch (KafkaException e) {
            throw new ConfigurationException("the message brokers at " + settings.bootstrapServers()
                    + " cannot be used; correct --bootstrap or --kafka-config", e);
        }
    }

    /** @return whether the next delivery is worth a try */
    public boolean isReachable() {
        return watch.isReachable();
    }

    /**
     * Waits until the broker has acknowledged the record, at most the delivery time-out.
     *
     * @throws RefusedException if it did not: BROKER_AWAY, or TOO_LARGE where the topic takes no record of that size
     */
    public void deliver(Instance instance) {
        if (!watch.isReachable()) {
            throw new RefusedException(Refusal.BROKER_AWAY, "the message broker is away; send again later");
        }
        try {
            send(instance).get(settings.deliveryTimeout().toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(e);
        }
    }

    @Override
    public void close() {
        watch.close();
        producer.close(CLOSE_TIMEOUT);
    }

    private Future<?> send(Instance instance) {
        return producer.send(new ProducerRecord<>(settings.topic(), null, instance.seriesInstanceUid(),
                instance.part10(), HEADERS));
    }

    private RefusedException refused(Throwable cause) {
        if (cause instanceof RecordTooLargeException) {
            return new RefusedException(Refusal.TOO_LARGE, "larger than the topic's max.message.bytes", cause);
        }
        watch.foundAway();
        return new RefusedException(Refusal.BROKER_AWAY, "not acknowledged by the message broker; send again later",
                cause);
    }

    private static Map<String, Object> producerSettings(TopicSettings settings) {
        long timeout = settings.deliveryTimeout().toMillis();
        int request = settings.largestObject() + ENVELOPE;
        Map<String, Object> p = new HashMap<>(settings.extra());
        p.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        p.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        p.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        p.put(ProducerConfig.ACKS_CONFIG, "all");
        p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        p.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout);
        p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout);
        p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        p.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, request);
        p.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(SMALLEST_BUFFER, 2L * request));
        return p;
    }
}
