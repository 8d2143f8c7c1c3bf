package org.regstream.core.alert;

import java.util.Optional;

/**
 * What either holds or does not; each has at most one alert at a time.
 *
 * @param code      what it is about
 * @param structure the structure it concerns, empty if the whole volume
 */
public record Condition(AlertCode code, Optional<String> structure) {

    static Condition of(AlertCode code) {
        return new Condition(code, Optional.empty());
    }

    static Condition of(AlertCode code, String structure) {
        return new Condition(code, Optional.of(structure));
    }
}
