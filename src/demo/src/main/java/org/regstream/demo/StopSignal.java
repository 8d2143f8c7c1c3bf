package org.regstream.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its like: asks the demo to end, and holds the process until it has cleaned up, a bounded time. Closing it says
 * that all is cleaned up.
 */
final class StopSignal implements AutoCloseable {

    private static final long LONGEST_CLEANUP_SECONDS = 40;

    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook = new Thread(this::raise, "demo-stop");
    private volatile boolean isRaised;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    boolean isRaised() {
        return isRaised;
    }

    private void raise() {
        isRaised = true;
        try {
            cleanedUp.await(LONGEST_CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        if (!isRaised) {
            remove();
        }
    }

    private void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends at this very moment; the hook finds all cleaned up
        }
    }
}
