package org.regstream.service.line;

import java.util.function.Consumer;
import org.regstream.core.alert.Alert;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;

/** Hands on what it is told; to whom, and whether, is a matter of each. */
abstract class ForwardingListener implements ResultListener {

    abstract void tell(Consumer<ResultListener> what);

    @Override
    public final void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {
        tell(listener -> listener.onLabels(known, result, registered));
    }

    @Override
    public final void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {
        tell(listener -> listener.onAssessed(known, result, assessed));
    }

    @Override
    public final void onNoRegistration(NoRegistration none) {
        tell(listener -> listener.onNoRegistration(none));
    }

    @Override
    public final void onAlert(Alert alert) {
        tell(listener -> listener.onAlert(alert));
    }

    @Override
    public final void onHeartbeat(Heartbeat beat) {
        tell(listener -> listener.onHeartbeat(beat));
    }

    @Override
    public void onEnd(String procedureId) {
        tell(listener -> listener.onEnd(procedureId));
    }
}
