package org.regstream.core.line;

import java.time.Instant;
import java.util.Optional;
import org.regstream.core.alert.AlertPriority;

/**
 * How a procedure is doing; told once a second while this instance tells of the procedure, so that silence is a fault.
 *
 * @param procedureId   of the operation
 * @param epoch         of whoever counts; a larger one is later
 * @param sequence      counts the heartbeats of an epoch from 1, without gaps
 * @param at            when it was made
 * @param newestResult  acquisition time of the newest result, empty if there is none
 * @param queue         volumes that wait to be registered, and frames of unfinished ones
 * @param provider      where the network runs, such as {@code cpu}
 * @param alerts        how many are not over
 * @param worst         the most urgent of them whose condition holds, empty if there is none
 */
public record Heartbeat(String procedureId, long epoch, long sequence, Instant at, Optional<Instant> newestResult,
        Queue queue, String provider, int alerts, Optional<AlertPriority> worst) {

    /**
     * What waits.
     *
     * @param frames  of unfinished volumes
     * @param volumes whole, to be registered: 0 or 1
     */
    public record Queue(int frames, int volumes) {}
}
