package org.regstream.service.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regstream.core.line.StoredAlerts;
import org.regstream.service.line.AlertStates;
import org.regstream.service.procedure.CompactedTopicReader;
import org.regstream.service.procedure.CompactedTopicWriter;
import org.regstream.wire.AlertStateDocument;

/** The compacted topic on a Kafka broker, followed by every instance. */
public final class KafkaAlertStates implements AlertStates, AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** @param arrivedAt by this machine's clock: those of others may differ */
    private record Arrived(StoredAlerts state, Instant arrivedAt) {}

    private final String runId;
    private final CompactedTopicReader reader;
    private final CompactedTopicWriter writer;
    private final Duration loadTimeout;
    private final Clock clock;
    private final Map<String, Arrived> newest = new ConcurrentHashMap<>();

    /**
     * @param runId  names this run of the service
     * @param reader makes a reader of the topic for a listener; not started
     * @param writer of the same topic; owned from now on
     */
    public KafkaAlertStates(String runId, Function<CompactedTopicReader.Listener, CompactedTopicReader> reader,
            CompactedTopicWriter writer, Duration loadTimeout, Clock clock) {
        this.runId = runId;
        this.reader = reader.apply(this::apply);
        this.writer = writer;
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

    /** Also when this machine's clock was set back since. */
    @Override
    public boolean isVacant(String procedureId) {
        Arrived arrived = newest.get(procedureId);
        return arrived == null || arrived.state.writer().filter(writer -> !writer.equals(runId)).isEmpty()
                || isOld(arrived);
    }

    @Override
    public Set<String> left() {
        return newest.entrySet().stream().filter(e -> isOld(e.getValue()))
                .filter(e -> e.getValue().state.writer().filter(runId::equals).isEmpty()).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private boolean isOld(Arrived arrived) {
        return Duration.between(arrived.arrivedAt, clock.instant()).abs().compareTo(StoredAlerts.LEASE) >= 0;
    }

    @Override
    public CompletionStage<Void> put(String procedureId, StoredAlerts state) {
        return writer.put(procedureId, AlertStateDocument.write(state));
    }

    @Override
    public CompletionStage<Void> delete(String procedureId) {
        return writer.delete(procedureId);
    }

    @Override
    public Optional<String> failure() {
        return reader.failure().map(Throwable::toString);
    }

    private void apply(String procedureId, byte[] json, Instant writtenAt) {
        if (json == null) {
            newest.remove(procedureId);
            return;
        }
        keep(procedureId, AlertStateDocument.read(json));
    }

    private void keep(String procedureId, StoredAlerts state) {
        Arrived arrived = new Arrived(state, clock.instant());
        newest.merge(procedureId, arrived, (before, now) -> now.state.isNewsAfter(before.state) ? now : before);
    }

    @Override
    public void close() {
        reader.close();
        writer.close(CLOSE_TIMEOUT);
    }
}
