package org.regstream.service.line;

import java.util.function.Consumer;

/** Tells of one line until its end: what is still under way then would be shown after it, and never taken back. Thread-safe. */
final class UntilEnd extends ForwardingListener {

    private final ResultListener listener;
    private boolean isOver;

    UntilEnd(ResultListener listener) {
        this.listener = listener;
    }

    @Override
    synchronized void tell(Consumer<ResultListener> what) {
        if (!isOver) {
            what.accept(listener);
        }
    }

    @Override
    public synchronized void onEnd(String procedureId) {
        isOver = true;
        listener.onEnd(procedureId);
    }
}
