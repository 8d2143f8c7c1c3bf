package org.regstream.core.line;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.regstream.core.assembly.FreshestVolumeGate;

/**
 * A procedure's turns at one network: it asks when a volume waits, and once it has the turn it takes the volume that is the freshest then. Not thread-safe: a part of
 * {@link Gathering}.
 *
 * @param <V> what goes with a volume
 */
final class Turns<V> {

    private final FreshestVolumeGate<V> gate;
    private boolean isAsked;
    private Optional<V> atWork = Optional.empty();

    Turns(Function<V, Instant> acquiredAt) {
        gate = new FreshestVolumeGate<>(acquiredAt);
    }

    /** @return the volume that is superseded, empty if none is */
    Optional<V> offer(V volume) {
        return gate.offer(volume);
    }

    /** @return whether to ask for a turn now */
    boolean asks() {
        boolean asks = !isAsked && atWork.isEmpty() && gate.hasWaiting();
        isAsked |= asks;
        return asks;
    }

    /** It has the turn. @return the volume to look at, empty if none waits any more */
    Optional<V> begin() {
        isAsked = false;
        atWork = gate.poll();
        return atWork;
    }

    /** @return the volume that was looked at, empty if it was none of these */
    Optional<V> end(Predicate<V> meant) {
        Optional<V> done = atWork.filter(meant);
        done.ifPresent(volume -> {
            atWork = Optional.empty();
            gate.finish();
        });
        return done;
    }

    void withdraw(Predicate<V> meant) {
        gate.withdraw(meant);
    }

    void setBack(Duration step) {
        gate.setBack(step);
    }

    boolean hasWaiting() {
        return gate.hasWaiting();
    }
}
