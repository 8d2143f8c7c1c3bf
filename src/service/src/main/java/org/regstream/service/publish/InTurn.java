package org.regstream.service.publish;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What has the same key is sent one after the other, in the order of the calls: what is tried again is not overtaken. Thread-safe. */
final class InTurn {

    private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /**
     * @param sending begins to send, at once or when its turn has come
     * @return completes as the sending does
     */
    CompletionStage<Void> send(String key, Supplier<CompletionStage<Void>> sending) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        CompletableFuture<Void> before = last.put(key, turn);
        CompletionStage<Void> free = before == null
                ? CompletableFuture.completedStage(null)
                : before.exceptionally(failure -> null);
        free.thenCompose(done -> sending.get()).whenComplete((done, failure) -> {
            last.remove(key, turn);
            if (failure == null) {
                turn.complete(null);
            } else {
                turn.completeExceptionally(failure);
            }
        });
        return turn;
    }
}
