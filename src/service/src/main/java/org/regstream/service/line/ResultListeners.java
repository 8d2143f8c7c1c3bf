package org.regstream.service.line;

import java.util.List;
import java.util.function.Consumer;
import org.regstream.core.alert.Alert;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;

/** Tells all of them, in the order given. */
public final class ResultListeners implements ResultListener {

    private final List<ResultListener> listeners;

    public ResultListeners(List<ResultListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {
        tell(listener -> listener.onLabels(known, result, registered));
    }

    @Override
    public void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {
        tell(listener -> listener.onAssessed(known, result, assessed));
    }

    @Override
    public void onNoRegistration(NoRegistration none) {
        tell(listener -> listener.onNoRegistration(none));
    }

    @Override
    public void onAlert(Alert alert) {
        tell(listener -> listener.onAlert(alert));
    }

    @Override
    public void onHeartbeat(Heartbeat beat) {
        tell(listener -> listener.onHeartbeat(beat));
    }

    @Override
    public void onEnd(String procedureId) {
        tell(listener -> listener.onEnd(procedureId));
    }

    private void tell(Consumer<ResultListener> what) {
        listeners.forEach(what);
    }
}
