package org.regstream.service.line;

import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells all of them, in the order given. */
public final class ResultListeners extends ForwardingListener {

    private static final Logger LOG = Logger.getLogger(ResultListeners.class);

    private final List<ResultListener> listeners;

    public ResultListeners(List<ResultListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    void tell(Consumer<ResultListener> what) {
        listeners.forEach(listener -> guarded(listener, what));
    }

    /** A bug in a display must cost neither the broker a result nor another display its picture. */
    private static void guarded(ResultListener listener, Consumer<ResultListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s was not told", listener.getClass().getSimpleName());
        }
    }
}
