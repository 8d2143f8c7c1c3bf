package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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

    private Runnable guard(Throwable failure) {
        return roots.guard("ticker", () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        });
    }
}
