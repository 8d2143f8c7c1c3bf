package org.regstream.core.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * What shows that a condition holds.
 *
 * @param priority    how urgent that is
 * @param volumeId    the volume that showed it, empty if none did
 * @param measurement the figure behind it, empty if there is none
 * @param about       the acquisition it speaks of; only a result at least as new can show that it is over
 * @param sentence    what happened, for the operator
 */
public record Finding(AlertPriority priority, Optional<String> volumeId, Optional<Measurement> measurement,
        Instant about,
        String sentence) {

    Finding as(AlertPriority other) {
        return new Finding(other, volumeId, measurement, about, sentence);
    }
}
