package org.regstream.core.alert;

import java.util.Optional;

/**
 * What shows that a condition is over.
 *
 * @param volumeId    the volume that showed it, empty if none did
 * @param measurement the figure that showed it, empty if none did
 */
public record Ending(Optional<String> volumeId, Optional<Measurement> measurement) {

    static final Ending WITHOUT_VOLUME = new Ending(Optional.empty(), Optional.empty());

    static Ending by(String volumeId) {
        return new Ending(Optional.of(volumeId), Optional.empty());
    }
}
