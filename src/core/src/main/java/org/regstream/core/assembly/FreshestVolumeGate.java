package org.regstream.core.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Hands the freshest volume of one procedure to one worker at a time. The only place where work is dropped: a volume that
 * is superseded comes back to the caller, who counts, announces and acknowledges it.
 *
 * <p>Fresh is by acquisition time, so an older volume that comes late never replaces, nor follows, a newer one; of equal
 * times the later offered is the fresher. Not thread-safe: a part of its owner's state.
 *
 * @param <V> what goes with a volume
 */
public final class FreshestVolumeGate<V> {

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
        Instant acquired = acquiredAt.apply(volume);
        if (acquired.isBefore(newest)) {
            return Optional.of(volume);
        }
        newest = acquired;
        Optional<V> superseded = Optional.ofNullable(waiting);
        waiting = volume;
        return superseded;
    }

    /** @return the waiting volume, to be followed by {@link #finish}; empty if none waits or another is being worked on */
    public Optional<V> poll() {
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
        if (!isBusy) {
            throw new IllegalStateException("finish without a volume taken; call it once for each that was");
        }
        isBusy = false;
    }

    /** Lets go of the waiting volume if it is meant. */
    public void withdraw(Predicate<V> meant) {
        if (waiting != null && meant.test(waiting)) {
            waiting = null;
        }
    }

    /** The clock that volumes are dated by was set back: what comes now is newer than what came before. */
    public void setBack(Duration step) {
        newest = newest.equals(Instant.MIN) ? newest : newest.minus(step);
    }

    /** Whether a volume waits to be taken. */
    public boolean hasWaiting() {
        return waiting != null;
    }
}
