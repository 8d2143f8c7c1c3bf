package org.regstream.core.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing to tell the operating room. Carries no patient identity.
 *
 * @param procedureId of the operation
 * @param sequence    counts the alerts of a procedure from 1, without gaps, anew when the service starts
 * @param code        what it is about; with {@code structure} it names the condition
 * @param priority    how urgent
 * @param phase       begun, still, over
 * @param structure   the structure it concerns, empty if the whole volume
 * @param volumeId    the volume that showed it, empty if none did
 * @param measurement the figure behind it, empty if there is none
 * @param since       when the condition began
 * @param at          when this alert was made
 * @param sentence    what happened and what to do, for the operator
 */
public record Alert(String procedureId, long sequence, AlertCode code, AlertPriority priority, AlertPhase phase,
        Optional<String> structure, Optional<String> volumeId, Optional<Measurement> measurement, Instant since,
        Instant at, String sentence) {}
