package org.regstream.core.line;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A procedure's turns at one network: it asks when a volume waits, and once it has the turn it takes the volume that is the freshest then; one at a time. The only
 * place where work is dropped: a volume that is superseded comes back to the caller, who counts, announces and acknowledges it.
 *
 * <p>Fresh is by acquisition time, so an older volume that comes late never replaces, nor follows, a newer one; of equal
 * times the later offered is the fresher. Not thread-safe: a part of {@link Gathering}.
 *
 * @param <V> what goes with a volume
 */
final class Turns<V> {

    private final Function<V, Instant> acquiredAt;
    private Optional<V> waiting = Optional.empty();
    private Optional<V> atWork = Optional.empty();
    private boolean isAsked;
    private Instant newest = Instant.MIN;

    /** @param acquiredAt when a volume was acquired */
    Turns(Function<V, Instant> acquiredAt) {
        this.acquiredAt = acquiredAt;
    }

    /** @return the volume that is superseded by this offer: the one that waited, or the offered one if it is older than any
     *          before; empty if none is */
    Optional<V> offer(V volume) {
        Instant acquired = acquiredAt.apply(volume);
        if (acquired.isBefore(newest)) {
            return Optional.of(volume);
        }
        newest = acquired;
        Optional<V> superseded = waiting;
        waiting = Optional.of(volume);
        return superseded;
    }

    /** Volumes from before are not looked at any more: newer ones have been, elsewhere. */
    void notBefore(Instant acquired) {
        newest = acquired.isAfter(newest) ? acquired : newest;
    }

    /** @return whether to ask for a turn now */
    boolean asks() {
        boolean asks = !isAsked && atWork.isEmpty() && hasWaiting();
        isAsked |= asks;
        return asks;
    }

    /** It has the turn. @return the volume to look at, empty if none waits any more or another is looked at */
    Optional<V> begin() {
        isAsked = false;
        if (atWork.isPresent()) {
            return Optional.empty();
        }
        atWork = waiting;
        waiting = Optional.empty();
        return atWork;
    }

    /** @return the volume that was looked at, empty if it was none of these */
    Optional<V> end(Predicate<V> meant) {
        Optional<V> done = atWork.filter(meant);
        if (done.isPresent()) {
            atWork = Optional.empty();
        }
        return done;
    }

    /** Lets go of the waiting volume if it is meant. */
    void withdraw(Predicate<V> meant) {
        waiting = waiting.filter(meant.negate());
    }

    /** The clock that volumes are dated by was set back: what comes now is newer than what came before. */
    void setBack(Duration step) {
        newest = newest.equals(Instant.MIN) ? newest : newest.minus(step);
    }

    boolean hasWaiting() {
        return waiting.isPresent();
    }
}
