package org.regstream.service.testing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.regstream.core.line.StoredAlerts;
import org.regstream.service.line.AlertStates;

/** A topic that answers at once; a test decides whether somebody else tells. */
public final class InMemoryAlertStates implements AlertStates {

    private final Map<String, StoredAlerts> newest = new ConcurrentHashMap<>();
    private final AtomicLong ticks = new AtomicLong();
    private volatile boolean isTaken;

    /** Whether the lease of another instance holds. */
    public void take(boolean taken) {
        isTaken = taken;
    }

    @Override
    public void open() {}

    @Override
    public StoredAlerts newest(String procedureId) {
        return newest.getOrDefault(procedureId, StoredAlerts.NONE);
    }

    @Override
    public boolean isVacant(String procedureId) {
        return !isTaken;
    }

    /** @return how often it was asked what is left, which happens as time passes */
    public long ticks() {
        return ticks.get();
    }

    @Override
    public Set<String> left() {
        ticks.incrementAndGet();
        return isTaken ? Set.of() : newest.keySet();
    }

    @Override
    public CompletionStage<Void> put(String procedureId, StoredAlerts state) {
        newest.put(procedureId, state);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Void> delete(String procedureId) {
        newest.remove(procedureId);
        return CompletableFuture.completedStage(null);
    }
}
