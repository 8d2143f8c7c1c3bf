package org.regstream.core.line;

import java.time.Duration;
import java.util.Optional;
import org.regstream.core.alert.AlertMemory;

/**
 * What is known of a procedure's alerts, as it is kept outside of this process.
 *
 * @param writer the run of the service that tells of the procedure; empty if it has let go of it
 * @param digest of the procedure's bundle: what is known is of no other
 * @param memory what is known
 */
public record StoredAlerts(Optional<String> writer, String digest, AlertMemory memory) {

    /** Who has not written for so long does not tell of the procedure any more. */
    public static final Duration LEASE = Duration.ofSeconds(6);

    public static final StoredAlerts NONE = new StoredAlerts(Optional.empty(), "", AlertMemory.NONE);

    /** @return whether this goes before the other, which was written earlier: what a predecessor wrote after it was taken over from is not news, and of two that
     *          took over in the same millisecond one counts */
    public boolean isNewsAfter(StoredAlerts earlier) {
        return memory.epoch() > earlier.memory.epoch()
                || memory.epoch() == earlier.memory.epoch() && !isBehind(earlier.writer);
    }

    private boolean isBehind(Optional<String> other) {
        return writer.isPresent() && other.isPresent() && writer.get().compareTo(other.get()) < 0;
    }

    /** @param bundle digest of the procedure as it stands now
     *  @return what a successor for it may go on with */
    public AlertMemory memoryFor(String bundle) {
        return digest.equals(bundle) ? memory : memory.numbersOnly();
    }
}
