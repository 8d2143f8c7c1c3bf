package org.regstream.service.line;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Result;

/**
 * Where results go. Calls return at once; a stage completes when the broker has the event, and while it has not, publishing is tried again: what the caller holds
 * until then is safe. What the broker will never take fails, with a reason for the operator. Of one procedure, the caller waits with a result until the one before
 * has {@linkplain Sent#passed passed}, and with an alert likewise.
 */
public interface ResultSink {

    /**
     * A result on its way.
     *
     * @param passed completes when it has its place among the procedure's results
     * @param all    completes when the broker has everything that goes with it; what it will never take beside the labels is left out, aloud
     */
    record Sent(CompletionStage<Void> passed, CompletionStage<Void> all) {

        /** Of a single event. */
        public static Sent of(CompletionStage<Void> event) {
            return new Sent(event, event);
        }

        public static Sent failed(Throwable reason) {
            return of(CompletableFuture.failedStage(reason));
        }
    }

    Sent publish(Result result);

    CompletionStage<Void> publish(Alert alert);

    /** Tried once: an old heartbeat says nothing. */
    void publish(Heartbeat beat);
}
