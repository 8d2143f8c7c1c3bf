package org.regstream.core.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Hands the freshest volume of one procedure to one worker at a time. The only place where work is dropped: a volume that
 * is superseded comes back to the caller, who counts, announces and acknowledges it.
 *
 * <p>Fresh is by acquisition time, so an older volume that comes late never replaces, nor follows, a newer one; of equal
 * times the later offered is the fresher. Thread-safe.
 *
 * @param <V> what goes with a volume
 */
public final class FreshestVolumeGate<V> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Function<V, Instant> acquiredAt;
    private V waiting;
    private boolean isBusy;
    private Instant newest = Instant.MIN;

    /** @param acquiredAt when a volume was acquired */
    public FreshestVolumeGate(Function<V, Instant> acquiredAt) {
        this.acquiredAt = acquiredAt;
    }

    /** @return the volume that is superseded by this offer: the one that waited, or the offered one if it is older than any
     *          before; empty if none is */
    public Optional<V> offer(V volume) {
        lock.lock();
        try {
            Instant acquired = acquiredAt.apply(volume);
            if (acquired.isBefore(newest)) {
                return Optional.of(volume);
            }
            newest = acquired;
            Optional<V> superseded = Optional.ofNullable(waiting);
            waiting = volume;
            changed.signalAll();
            return superseded;
        } finally {
            lock.unlock();
        }
    }

    /** @return the waiting volume, to be followed by {@link #finish}; empty if none waits or another is being worked on */
    public Optional<V> poll() {
        lock.lock();
        try {
            return takeIfFree();
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #poll}, but waits for a volume and for its turn up to the time-out. */
    public Optional<V> take(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while ((waiting == null || isBusy) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return takeIfFree();
        } finally {
            lock.unlock();
        }
    }

    private Optional<V> takeIfFree() {
        if (waiting == null || isBusy) {
            return Optional.empty();
        }
        V taken = waiting;
        waiting = null;
        isBusy = true;
        return Optional.of(taken);
    }

    /** The worker is done with the volume it took, well or badly; the next may be taken.
     *  @throws IllegalStateException if none was taken */
    public void finish() {
        lock.lock();
        try {
            if (!isBusy) {
                throw new IllegalStateException("finish without a volume taken; call it once for each that was");
            }
            isBusy = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Empties the gate when its procedure ends.
     *  @return the volume that waited, to be acknowledged */
    public Optional<V> clear() {
        lock.lock();
        try {
            Optional<V> left = Optional.ofNullable(waiting);
            waiting = null;
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a volume waits to be taken. */
    public boolean hasWaiting() {
        lock.lock();
        try {
            return waiting != null;
        } finally {
            lock.unlock();
        }
    }
}
