package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.regstream.core.Unattended;

class ThreadRootsTest {

    private final AtomicInteger exits = new AtomicInteger();
    private final ThreadRoots roots = new ThreadRoots(exits::incrementAndGet);

    @Test
    void shouldGoOnAfterAnException() {
        guard(new IllegalStateException("bug")).run();

        assertThat(roots.failure()).isEmpty();
        assertThat(exits).hasValue(0);
    }

    @Test
    void shouldBeAFactOfHealthWhenAnErrorReachesTheRoot() {
        guard(new NoClassDefFoundError("ai/onnxruntime/Gone")).run();

        assertThat(roots.failure()).contains("ticker: NoClassDefFoundError");
        assertThat(exits).hasValue(0);
    }

    @Test
    void shouldEndTheProcessWhenTheVirtualMachineFails() {
        guard(new OutOfMemoryError("made up")).run();

        assertThat(roots.failure()).contains("ticker: OutOfMemoryError");
        assertThat(exits).hasValue(1);
    }

    /** Of libraries, and of what an executor does at intervals. */
    @Test
    void shouldHearOfThreadsThatHaveNoRootHere() throws InterruptedException {
        Thread bug = new Thread(guardless(new IllegalStateException("bug")), "kafka-thing");
        bug.setUncaughtExceptionHandler(roots);
        bug.start();
        bug.join();
        assertThat(roots.failure()).isEmpty();

        Thread fatal = new Thread(Unattended.of(guardless(new OutOfMemoryError("made up"))), "broker-watch");
        fatal.setUncaughtExceptionHandler(roots);
        fatal.start();
        fatal.join();
        assertThat(roots.failure()).contains("broker-watch: OutOfMemoryError");
        assertThat(exits).hasValue(1);
    }

    private Runnable guard(Throwable failure) {
        return roots.guard("ticker", guardless(failure));
    }

    private static Runnable guardless(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }
}
