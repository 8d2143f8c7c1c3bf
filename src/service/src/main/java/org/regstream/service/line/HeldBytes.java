package org.regstream.service.line;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.regstream.core.ConfigurationException;

/**
 * Bounds the frames held in memory, as they came and decoded: intake waits while it is used up, and Kafka keeps the rest. Results that cannot
 * be published thus stop intake instead of filling the heap. Thread-safe.
 */
public final class HeldBytes {

    private static final int UNIT = 1024;
    private static final Duration LOOK_UP = Duration.ofSeconds(1);

    private final int total;
    private final Semaphore free;
    private volatile boolean closed;

    /** @param limit bytes, at least 1 MiB */
    public HeldBytes(long limit) {
        if (limit < 1 << 20 || limit / UNIT > Integer.MAX_VALUE) {
            throw new ConfigurationException(
                    "regstream.assembly.max-held-bytes must be 1M to 2048G, got " + limit);
        }
        this.total = (int) (limit / UNIT);
        this.free = new Semaphore(total, true);
    }

    /**
     * Waits until the bytes fit. More than the limit takes all of it.
     *
     * @throws IntakeEndedException if this is closed, before or meanwhile, or the thread interrupted
     */
    public void acquire(int bytes) {
        try {
            requireOpen();
            while (!free.tryAcquire(units(bytes), LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                requireOpen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IntakeEndedException();
        }
    }

    /** Whether the bytes would fit now. */
    public boolean hasRoomFor(int bytes) {
        return free.availablePermits() >= units(bytes);
    }

    /** What took so many bytes takes fewer, or none. */
    public void shrink(int before, int now) {
        free.release(units(before) - (now == 0 ? 0 : units(now)));
    }

    public long limit() {
        return (long) total * UNIT;
    }

    /** @return bytes held now, rounded up to whole kibibytes a frame */
    public long held() {
        return (long) (total - free.availablePermits()) * UNIT;
    }

    /** Who waits gives up, and so does who comes later. */
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IntakeEndedException();
        }
    }

    private int units(int bytes) {
        return Math.min(total, bytes / UNIT + 1);
    }
}
