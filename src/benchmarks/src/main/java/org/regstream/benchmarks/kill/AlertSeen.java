package org.regstream.benchmarks.kill;

import java.time.Instant;

/**
 * A record of {@code display.alerts}; its fields are those of the event.
 *
 * @param run       names the run of the service
 * @param structure empty if the whole volume
 * @param volumeId  empty if none showed it
 */
record AlertSeen(String procedure, String run, String alertId, long epoch, long sequence, String code,
        String structure, String phase, String state, String volumeId, Instant at) {

    boolean isOver() {
        return state.equals("INACTIVE");
    }

    boolean isOfSuperseded() {
        return code.equals("SUPERSEDED");
    }

    String condition() {
        return structure.isEmpty() ? code : code + " of " + structure;
    }

    @Override
    public String toString() {
        return procedure + " " + alertId + " " + condition() + " " + phase + " " + state + " " + epoch + "/" + sequence
                + " at " + at + " of " + run + (volumeId.isEmpty() ? "" : ", volume " + volumeId);
    }
}
