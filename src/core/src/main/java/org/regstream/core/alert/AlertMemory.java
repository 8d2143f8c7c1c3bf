package org.regstream.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that an alert policy knows, so that another can go on where it ends.
 *
 * @param epoch        names whoever counted last: grows with each that takes over
 * @param sequence     of the last alert, 0 if there was none
 * @param liveSince    since when live images come, empty if none came
 * @param newestResult acquisition time of the newest result, empty if there is none; by the clock of whoever keeps this
 * @param displays     by name, when each display confirmed last what it shows
 * @param open         alerts that are not over, in the order they began
 */
public record AlertMemory(long epoch, long sequence, Optional<Instant> liveSince, Optional<Instant> newestResult,
        Map<String, Instant> displays, List<AlertLife> open) {

    /** Of a procedure that nothing is known of. */
    public static final AlertMemory NONE = new AlertMemory(0, 0, Optional.empty(), Optional.empty(), Map.of(),
            List.of());

    public AlertMemory {
        displays = Map.copyOf(displays);
        open = List.copyOf(open);
    }

    /**
     * @param now by the successor's clock, which may be behind
     * @return the same for a successor, with an epoch of its own whatever the clocks say; displays get their time anew
     */
    public AlertMemory takenOver(Instant now) {
        Duration ahead = Duration.between(now, latest().orElse(now));
        AlertMemory own = ahead.isNegative() ? this : setBack(ahead);
        Map<String, Instant> anew = new HashMap<>(displays);
        anew.replaceAll((display, last) -> now);
        return new AlertMemory(Math.max(epoch + 1, now.toEpochMilli()), sequence, own.liveSince, own.newestResult, anew,
                own.open);
    }

    /** @return the same by a clock that was set back by so much: every span stays as long as it was */
    public AlertMemory setBack(Duration step) {
        Map<String, Instant> earlier = new HashMap<>(displays);
        earlier.replaceAll((display, last) -> last.minus(step));
        return new AlertMemory(epoch, sequence, liveSince.map(t -> t.minus(step)),
                newestResult.map(t -> t.minus(step)), earlier, open.stream().map(life -> life.setBack(step)).toList());
    }

    /** @return the same with other alerts that are not over */
    public AlertMemory withOpen(List<AlertLife> others) {
        return new AlertMemory(epoch, sequence, liveSince, newestResult, displays, others);
    }

    /** When whoever kept this is known to have been at work. */
    private Optional<Instant> latest() {
        return Stream.of(liveSince.stream(), newestResult.stream(), displays.values().stream(),
                open.stream().map(AlertLife::saidAt)).flatMap(times -> times).max(Comparator.naturalOrder());
    }

    /** @return only the numbers: what is known is of another procedure under the same id */
    public AlertMemory numbersOnly() {
        return new AlertMemory(epoch, sequence, Optional.empty(), Optional.empty(), Map.of(), List.of());
    }
}
