package org.regstream.service.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.service.line.AlertStates;
import org.regstream.service.line.StoredAlerts;
import org.regstream.service.procedure.CompactedTopicReader;
import org.regstream.service.wire.AlertStateDocument;

/** The compacted topic on a Kafka broker, followed by every instance. */
public final class KafkaAlertStates implements AlertStates, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaAlertStates.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** @param arrivedAt by this machine's clock: those of others may differ */
    private record Arrived(StoredAlerts state, Instant arrivedAt) {}

    private final String topic;
    private final String runId;
    private final CompactedTopicReader reader;
    private final Producer<String, byte[]> producer;
    private final Duration loadTimeout;
    private final Clock clock;
    private final Map<String, Arrived> newest = new ConcurrentHashMap<>();

    /**
     * @param runId    names this run of the service
     * @param reader   makes a reader of the topic for a listener; not started
     * @param producer with acks=all; owned from now on
     */
    public KafkaAlertStates(String topic, String runId,
            Function<CompactedTopicReader.Listener, CompactedTopicReader> reader,
            Producer<String, byte[]> producer, Duration loadTimeout, Clock clock) {
        this.topic = topic;
        this.runId = runId;
        this.reader = reader.apply(this::apply);
        this.producer = producer;
        this.loadTimeout = loadTimeout;
        this.clock = clock;
    }

    @Override
    public void open() {
        reader.startAndAwait(loadTimeout);
    }

    @Override
    public StoredAlerts newest(String procedureId) {
        Arrived arrived = newest.get(procedureId);
        return arrived == null ? StoredAlerts.NONE : arrived.state;
    }

    @Override
    public boolean isVacant(String procedureId) {
        Arrived arrived = newest.get(procedureId);
        return arrived == null || arrived.state.writer().filter(writer -> !writer.equals(runId)).isEmpty()
                || !clock.instant().isBefore(arrived.arrivedAt.plus(LEASE));
    }

    @Override
    public CompletionStage<Void> put(String procedureId, StoredAlerts state) {
        return send(new ProducerRecord<>(topic, procedureId, AlertStateDocument.write(state)));
    }

    @Override
    public CompletionStage<Void> delete(String procedureId) {
        return send(new ProducerRecord<>(topic, procedureId, null));
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
        return sent;
    }

    private void apply(String procedureId, byte[] json) {
        if (json == null) {
            newest.remove(procedureId);
            return;
        }
        try {
            keep(procedureId, AlertStateDocument.read(json));
        } catch (DecodeException e) {
            LOG.errorf("the alerts of procedure %s begin anew: %s", procedureId, e.getMessage());
        }
    }

    /** What a predecessor wrote after it was taken over from is not news. */
    private void keep(String procedureId, StoredAlerts state) {
        Arrived arrived = new Arrived(state, clock.instant());
        newest.merge(procedureId, arrived, (before, now) -> now.state.memory().epoch() < before.state.memory().epoch()
                ? before
                : now);
    }

    @Override
    public void close() {
        reader.close();
        producer.close(CLOSE_TIMEOUT);
    }
}
