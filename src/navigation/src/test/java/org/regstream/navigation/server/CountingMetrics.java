package org.regstream.navigation.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts. */
final class CountingMetrics implements NavigationMetrics {

    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final List<CloseReason> closed = new CopyOnWriteArrayList<>();

    @Override
    public void countSent() {
        sent.incrementAndGet();
    }

    @Override
    public void countDropped(int messages) {
        dropped.addAndGet(messages);
    }

    @Override
    public void countClosed(CloseReason reason) {
        closed.add(reason);
    }

    @Override
    public void countRefused() {
        refused.incrementAndGet();
    }
}
