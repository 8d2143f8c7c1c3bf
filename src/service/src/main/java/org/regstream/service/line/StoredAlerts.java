package org.regstream.service.line;

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

    public static final StoredAlerts NONE = new StoredAlerts(Optional.empty(), "", AlertMemory.NONE);

    /** What a successor for this procedure may go on with. */
    AlertMemory memoryFor(KnownProcedure known) {
        return digest.equals(known.digest()) ? memory : memory.numbersOnly();
    }
}
