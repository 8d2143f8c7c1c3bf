package org.regstream.service.testing;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.ProcedureStore;

/** A topic that answers at once. */
public class InMemoryProcedureStore implements ProcedureStore {

    private final ProcedureDesk desk;
    private long written;

    public InMemoryProcedureStore(ProcedureDesk desk) {
        this.desk = desk;
    }

    @Override
    public void open() {}

    @Override
    public synchronized CompletionStage<Void> put(String procedureId, byte[] bundle) {
        try {
            desk.apply(procedureId, bundle, Instant.ofEpochMilli(++written));
        } catch (RuntimeException e) {
            // as the topic's reader does, which sets it aside
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<Void> delete(String procedureId) {
        desk.apply(procedureId, null, Instant.ofEpochMilli(++written));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }
}
