package org.regstream.service.line;

import java.util.concurrent.CompletionStage;
import org.regstream.core.alert.Alert;

/**
 * Where results go. Calls return at once; the stage completes when the broker has the event, and while it has not, publishing
 * is tried again: what the caller holds until then is safe. Of one procedure, labels and what says that
 * there are none keep the order of the calls, and so do alerts.
 */
public interface ResultSink {

    CompletionStage<Void> publish(LabelsResult result);

    CompletionStage<Void> publish(MapResult result);

    CompletionStage<Void> publish(DisplacementResult result);

    /** In one row with labels: whatever was shown before is not valid for this volume. */
    CompletionStage<Void> publish(NoRegistration none);

    CompletionStage<Void> publish(Alert alert);

    /** Tried once: an old heartbeat says nothing. */
    void publish(Heartbeat beat);
}
