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

    public InMemoryProcedureStore(ProcedureDesk desk) {
        this.desk = desk;
    }

    @Override
    public void open() {}

    @Override
    public CompletionStage<Void> put(String procedureId, byte[] bundle) {
        desk.apply(procedureId, bundle, Instant.EPOCH);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> delete(String procedureId) {
        desk.apply(procedureId, null, Instant.EPOCH);
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
