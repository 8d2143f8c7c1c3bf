package org.regstream.service.line;

import org.regstream.core.alert.Alert;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;

/**
 * Told of results, alerts and heartbeats beside the sink, as they are; every bean of this type is. Calls return at once and never throw: whoever listens delays neither
 * the broker nor the next volume. Of one procedure they come in order.
 */
public interface ResultListener {

    /** Nobody listens. */
    ResultListener NOBODY = new ResultListener() {
        @Override
        public void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {}

        @Override
        public void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {}

        @Override
        public void onAlert(Alert alert) {}

        @Override
        public void onEnd(String procedureId) {}
    };

    /** The single network's result goes out. @param result as it is published */
    void onLabels(KnownProcedure known, LabelsResult result, Registered registered);

    /** The ensemble's result goes out, later than the single network's of the same volume, and perhaps than that of a newer one. */
    void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed);

    /** There is no valid registration of a volume: what is shown for an earlier one must not pass for it. */
    default void onNoRegistration(NoRegistration none) {}

    /** An alert goes out. */
    void onAlert(Alert alert);

    /** Once a second while results and alerts of the procedure come from here. */
    default void onHeartbeat(Heartbeat beat) {}

    /** No more results of the procedure come from here: it has ended, or another instance has it. */
    void onEnd(String procedureId);
}
