package org.regstream.service.line;

import org.regstream.core.alert.Alert;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;

/** Tells of one line until its end: what is still under way then would be shown after it, and never taken back. Thread-safe. */
final class UntilEnd implements ResultListener {

    private final ResultListener listener;
    private boolean isOver;

    UntilEnd(ResultListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {
        if (!isOver) {
            listener.onLabels(known, result, registered);
        }
    }

    @Override
    public synchronized void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {
        if (!isOver) {
            listener.onAssessed(known, result, assessed);
        }
    }

    @Override
    public synchronized void onNoRegistration(NoRegistration none) {
        if (!isOver) {
            listener.onNoRegistration(none);
        }
    }

    @Override
    public synchronized void onHeartbeat(Heartbeat beat) {
        if (!isOver) {
            listener.onHeartbeat(beat);
        }
    }

    @Override
    public synchronized void onAlert(Alert alert) {
        if (!isOver) {
            listener.onAlert(alert);
        }
    }

    @Override
    public synchronized void onEnd(String procedureId) {
        isOver = true;
        listener.onEnd(procedureId);
    }
}
