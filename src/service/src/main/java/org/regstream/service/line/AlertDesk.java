package org.regstream.service.line;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertPolicy;

/** Publishes what the alert policy of one procedure says, in the order it says it, until the procedure ends. Thread-safe. */
final class AlertDesk {
    private final AlertPolicy policy;
    private final ResultSink sink;
    private final ResultListener listener;
    private boolean isOver;

    AlertDesk(AlertPolicy policy, ResultSink sink, ResultListener listener) {
        this.policy = policy;
        this.sink = sink;
        this.listener = listener;
    }

    /** @param event what happened; asked and published under one lock, so that sequence numbers go out in order
     *  @return completes when the broker has all alerts that follow from it */
    synchronized CompletionStage<Void> tell(Function<AlertPolicy, List<Alert>> event) {
        if (isOver) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<?>[] sent = event.apply(policy).stream().map(this::publish)
                .map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(sent);
    }

    /** @return what follows from it, as told; empty if no such alert is open */
    List<Alert> acknowledge(String alertId, Acknowledgement by) {
        List<Alert> told = new ArrayList<>();
        tell(policy -> {
            told.addAll(policy.acknowledge(alertId, by, by.at()));
            return told;
        });
        return told;
    }

    /** The procedure has ended: what is open is cleared, and what is still under way raises nothing that nobody would clear. */
    synchronized CompletionStage<Void> end(Instant now) {
        CompletionStage<Void> cleared = tell(policy -> policy.onEnd(now));
        isOver = true;
        return cleared;
    }

    private CompletionStage<Void> publish(Alert alert) {
        listener.onAlert(alert);
        return sink.publish(alert);
    }

    /** @return the latest alert of each that is not over */
    List<Alert> open() {
        return policy.open();
    }
}
