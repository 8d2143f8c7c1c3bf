package org.regstream.service.line;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertPolicy;

/** Publishes what the alert policy of one procedure says, in the order it says it. Thread-safe. */
final class AlertDesk {
    private final AlertPolicy policy;
    private final ResultSink sink;

    AlertDesk(AlertPolicy policy, ResultSink sink) {
        this.policy = policy;
        this.sink = sink;
    }

    /** @param event what happened; asked and published under one lock, so that sequence numbers go out in order
     *  @return completes when the broker has all alerts that follow from it */
    synchronized CompletionStage<Void> tell(Function<AlertPolicy, List<Alert>> event) {
        CompletableFuture<?>[] sent = event.apply(policy).stream().map(sink::publish)
                .map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(sent);
    }

    int open() {
        return policy.open().size();
    }
}
