package org.regstream.service.procedure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.regstream.service.config.RegstreamSettings;

/** The compacted topic on a Kafka broker. */
public final class KafkaProcedureStore implements ProcedureStore, AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Runnable topicSetup;
    private final CompactedTopicReader reader;
    private final Producer<String, byte[]> producer;
    private final String topic;
    private final RegstreamSettings.Procedures limits;

    /**
     * @param topicSetup makes the topics ready
     * @param reader     not started; owned from now on
     * @param producer   with acks=all; owned from now on
     */
    public KafkaProcedureStore(Runnable topicSetup, CompactedTopicReader reader, Producer<String, byte[]> producer,
            String topic, RegstreamSettings.Procedures limits) {
        this.topicSetup = topicSetup;
        this.reader = reader;
        this.producer = producer;
        this.topic = topic;
        this.limits = limits;
    }

    @Override
    public void open() {
        topicSetup.run();
        reader.startAndAwait(limits.loadTimeout());
    }

    @Override
    public CompletionStage<Void> put(String procedureId, byte[] bundle) {
        return send(new ProducerRecord<>(topic, procedureId, bundle));
    }

    @Override
    public CompletionStage<Void> delete(String procedureId) {
        return send(new ProducerRecord<>(topic, procedureId, null));
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return reader.current().orTimeout(limits.changeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<String> failure() {
        return reader.failure().map(Throwable::getMessage);
    }

    private CompletionStage<Void> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent.thenCompose(done -> reader.current())
                .orTimeout(limits.changeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        reader.close();
        producer.close(CLOSE_TIMEOUT);
    }
}
