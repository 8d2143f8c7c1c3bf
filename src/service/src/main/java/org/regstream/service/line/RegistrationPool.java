package org.regstream.service.line;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.regstream.core.ConfigurationException;

/**
 * Threads that work through what they are given: registrations and assessments, sized to the accelerator and not to the topic,
 * or the mailboxes of {@link LineThreads}.
 */
public final class RegistrationPool implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RegistrationPool.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final AtomicInteger number = new AtomicInteger();
    private final String name;
    private final ExecutorService threads;
    private final ThreadRoots roots;

    /** @param name    of the threads
     *  @param workers how many work at a time, 1 to 16
     *  @param roots   told of what the work does not catch */
    public RegistrationPool(String name, int workers, ThreadRoots roots) {
        this.name = name;
        this.roots = roots;
        if (workers < 1 || workers > 16) {
            throw new ConfigurationException("regstream.model.workers must be 1 to 16, got " + workers);
        }
        threads = Executors.newFixedThreadPool(workers, this::thread);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** After {@link #close} the work is dropped: its frames come again after the next start. */
    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(roots.guard(name, work));
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s dropped at shutdown", name);
        }
    }

    /** Lets what is there end, for a bounded time. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
