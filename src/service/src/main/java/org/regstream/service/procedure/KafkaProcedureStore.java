package org.regstream.service.procedure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.regstream.service.config.RegstreamSettings;

/** The compacted topic on a Kafka broker. */
public final class KafkaProcedureStore implements ProcedureStore, AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Runnable topicSetup;
    private final CompactedTopicReader reader;
    private final CompactedTopicWriter writer;
    private final RegstreamSettings.Procedures limits;

    /**
     * @param topicSetup makes the topics ready
     * @param reader     not started; owned from now on
     * @param writer     of the same topic; owned from now on
     */
    public KafkaProcedureStore(Runnable topicSetup, CompactedTopicReader reader, CompactedTopicWriter writer,
            RegstreamSettings.Procedures limits) {
        this.topicSetup = topicSetup;
        this.reader = reader;
        this.writer = writer;
        this.limits = limits;
    }

    @Override
    public void open() {
        topicSetup.run();
        reader.startAndAwait(limits.loadTimeout());
    }

    @Override
    public CompletionStage<Void> put(String procedureId, byte[] bundle) {
        return readBack(writer.put(procedureId, bundle));
    }

    @Override
    public CompletionStage<Void> delete(String procedureId) {
        return readBack(writer.delete(procedureId));
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return reader.current().orTimeout(limits.changeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<String> failure() {
        return reader.failure().map(Throwable::toString);
    }

    private CompletionStage<Void> readBack(CompletableFuture<Void> sent) {
        return sent.thenCompose(done -> reader.current())
                .orTimeout(limits.changeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        reader.close();
        writer.close(CLOSE_TIMEOUT);
    }
}
