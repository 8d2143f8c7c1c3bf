package org.regstream.benchmarks.kill;

import java.time.Instant;

/**
 * A record of {@code display.labels}, {@code display.uncertainty} or {@code display.displacement}.
 *
 * @param procedure it is of
 * @param type      {@code ce_type}
 * @param id        {@code ce_id}: an object's UID
 * @param run       {@code ce_runid}: names the run of the service
 * @param sequence  number of the result in that run
 * @param volumeId  empty where it names none
 * @param acquired  when its volume was acquired
 * @param quantity  of a map, empty for all else
 * @param digest    of its value; empty if it went by reference
 */
record Published(String procedure, String type, String id, String run, long sequence, String volumeId,
        Instant acquired, String quantity, String digest) {

    static final String STUDENT_LABELS = "org.regstream.labels.student.v1";
    static final String NO_REGISTRATION = "org.regstream.noregistration.v1";

    /** Whether it stands in the row of results, whose numbers rise. */
    boolean isOfRow() {
        return type.startsWith("org.regstream.labels.") || isNothingValid();
    }

    boolean isNothingValid() {
        return type.equals(NO_REGISTRATION);
    }
}
