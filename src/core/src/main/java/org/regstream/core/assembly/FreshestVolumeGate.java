package org.regstream.core.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.regstream.core.assembly.AssemblyOutcome.Complete;

/**
 * Hands the freshest volume of one procedure to one worker at a time. The only place where work is dropped: a volume that is
 * superseded comes back to the caller, who counts, announces and acknowledges it.
 *
 * <p>Fresh is by acquisition time, so an older volume that comes late never replaces, nor follows, a newer one; of equal
 * times the later offered is the fresher. Thread-safe.
 *
 * @param <T> as in {@link FrameAssembler}
 */
public final class FreshestVolumeGate<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Complete<T> waiting;
    private boolean isBusy;
    private Instant newest = Instant.MIN;

    /** @return the volume that is superseded by this offer: the one that waited, or the offered one if it is older than any
     *          before; empty if none is */
    public Optional<Complete<T>> offer(Complete<T> volume) {
        lock.lock();
        try {
            Instant acquiredAt = volume.volume().acquiredAt();
            if (acquiredAt.isBefore(newest)) {
                return Optional.of(volume);
            }
            newest = acquiredAt;
            Optional<Complete<T>> superseded = Optional.ofNullable(waiting);
            waiting = volume;
            changed.signalAll();
            return superseded;
        } finally {
            lock.unlock();
        }
    }

    /** @return the waiting volume, to be followed by {@link #finish}; empty if none waits or another is being worked on */
    public Optional<Complete<T>> poll() {
        lock.lock();
        try {
            return takeIfFree();
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #poll}, but waits for a volume and for its turn up to the time-out. */
    public Optional<Complete<T>> take(Duration timeout) throws InterruptedException {
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

    private Optional<Complete<T>> takeIfFree() {
        if (waiting == null || isBusy) {
            return Optional.empty();
        }
        Complete<T> taken = waiting;
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
    public Optional<Complete<T>> clear() {
        lock.lock();
        try {
            Optional<Complete<T>> left = Optional.ofNullable(waiting);
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
