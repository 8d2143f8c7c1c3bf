package org.regstream.service.line;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Result;

/** Tells all of them, in the order given. */
public final class ResultListeners implements ResultListener {

    private static final Logger LOG = Logger.getLogger(ResultListeners.class);

    private final List<ResultListener> listeners;

    public ResultListeners(List<ResultListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onResult(Result result) {
        tell(listener -> listener.onResult(result));
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
    public void onClockSetBack(String procedureId, Duration step) {
        tell(listener -> listener.onClockSetBack(procedureId, step));
    }

    @Override
    public void onEnd(String procedureId) {
        tell(listener -> listener.onEnd(procedureId));
    }

    /** A bug in a display must cost neither the broker a result nor another display its picture. */
    private void tell(Consumer<ResultListener> what) {
        for (ResultListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s was not told", listener.getClass().getSimpleName());
            }
        }
    }
}
