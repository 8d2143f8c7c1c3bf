package org.regstream.benchmarks.kill;

import java.time.Instant;

/**
 * A volume that the broker has all slices of.
 *
 * @param procedure  it belongs to
 * @param series     UID of its series, the key of its frames
 * @param number     in its series, from 1
 * @param volumeId   what the service is to call it; empty if a slice was left out
 * @param acquiredAt of all its slices; no other volume of the procedure has it
 * @param sentAt     when its last slice was handed over
 */
record SentVolume(String procedure, String series, int number, String volumeId, Instant acquiredAt, Instant sentAt) {

    boolean isWhole() {
        return !volumeId.isEmpty();
    }

    @Override
    public String toString() {
        return "volume " + number + " of " + procedure + ", acquired " + acquiredAt
                + (isWhole() ? ", " + volumeId : "");
    }
}
