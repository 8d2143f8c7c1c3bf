package org.regstream.service.eventlog;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.regstream.core.line.LineRules;
import org.regstream.eventlog.LogEnd;
import org.regstream.service.line.EventRecorder;
import org.regstream.service.line.ThreadRoots;

/**
 * A log for each procedure, in one folder; one thread writes all of them. What it cannot keep up with ends the log that it belongs to, and nothing else.
 *
 * <p>Thread-safe.
 */
public final class EventLogs implements EventRecorder.Maker, AutoCloseable {

    /** Lines that wait for the disk, about 4 MB: some ten seconds of an operation. */
    static final int MOST_WAITING = 4096;

    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_MILLIS = 5000;

    private final LogSettings settings;
    private final Clock clock;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    /** Touched by the writing thread alone. */
    private final Set<ProcedureLog> open = new LinkedHashSet<>();
    private final Thread writer;
    private volatile boolean isClosing;

    public EventLogs(LogSettings settings, Clock clock, ThreadRoots roots) {
        this.settings = settings;
        this.clock = clock;
        writer = new Thread(roots.guard("event-log", this::work), "event-log");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public EventRecorder make(LineRules rules, long lastSequence) {
        return new ProcedureLog(this, settings, rules, lastSequence, clock.instant());
    }

    /** @param writing done by the writing thread, which knows the log from then on
     *  @return whether there was room; what comes while all is closed is passed over */
    boolean offer(ProcedureLog log, Runnable writing) {
        return isClosing || waiting.offer(() -> {
            writing.run();
            open.add(log);
        });
    }

    /** Ends what is open, for a bounded time. */
    @Override
    public void close() {
        isClosing = true;
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long flushed = System.nanoTime();
        while (!isClosing || !waiting.isEmpty()) {
            Runnable next = next();
            if (next != null) {
                next.run();
            }
            if (System.nanoTime() - flushed >= FLUSH_NANOS) {
                open.forEach(ProcedureLog::flush);
                open.removeIf(ProcedureLog::isClosed);
                flushed = System.nanoTime();
            }
        }
        open.forEach(log -> log.close(LogEnd.STOPPED));
    }

    private Runnable next() {
        try {
            return waiting.poll(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return null; // nobody interrupts it; it ends when it is closed
        }
    }
}
