package org.regstream.training.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C into a wish to stop: the running step and its checkpoint are finished before the process ends, within
 * {@value #PATIENCE_S} seconds.
 */
final class StopSignal implements BooleanSupplier, AutoCloseable {
    private static final int PATIENCE_S = 60;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean stopped;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-signal"));
    }

    private void stop() {
        stopped = true;
        try {
            done.await(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return stopped;
    }

    @Override
    public void close() {
        done.countDown();
    }
}
