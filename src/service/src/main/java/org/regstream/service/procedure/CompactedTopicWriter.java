package org.regstream.service.procedure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what {@link CompactedTopicReader} reads. Thread-safe. */
public final class CompactedTopicWriter {

    private final Producer<String, byte[]> producer;
    private final String topic;

    /** @param producer with acks=all; owned from now on */
    public CompactedTopicWriter(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** @return completes when the broker has it; cancelling it changes nothing */
    public CompletableFuture<Void> put(String key, byte[] value) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }

    /** @return completes when the broker knows that the key is no more */
    public CompletableFuture<Void> delete(String key) {
        return put(key, null);
    }

    /** @param limit longest wait for what is under way */
    public void close(Duration limit) {
        producer.close(limit);
    }
}
