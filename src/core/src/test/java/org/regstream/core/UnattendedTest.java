package org.regstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnattendedTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "at-intervals");
        thread.setUncaughtExceptionHandler((t, e) -> told.add(t.getName() + " " + e.getMessage()));
        return thread;
    });

    @Test
    void shouldTellWhatItThrowsAndBeDoneAgain() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(3);

        executor.scheduleWithFixedDelay(Unattended.of(() -> {
            done.countDown();
            if (done.getCount() == 2) {
                throw new IllegalStateException("bug");
            }
            if (done.getCount() == 1) {
                throw new NoClassDefFoundError("gone");
            }
        }), 0, 1, TimeUnit.MILLISECONDS);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        executor.shutdownNow();
        assertThat(told).startsWith("at-intervals bug", "at-intervals gone");
    }
}
