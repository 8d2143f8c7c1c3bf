package org.regstream.core.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing to tell the operating room. Carries no patient identity.
 *
 * @param procedureId     of the operation
 * @param alertId         the same from its beginning to its end; 1 to 40 letters, digits and hyphens
 * @param epoch           of whoever counts; a larger one is later
 * @param sequence        counts the alerts of a procedure from 1; goes on in the next epoch
 * @param code            what it is about; with {@code structure} it names the condition
 * @param priority        how urgent
 * @param phase           what has just happened to it
 * @param state           whether the condition holds and the alert is shown
 * @param acknowledgement the one in force, empty if there is none
 * @param structure       the structure it concerns, empty if the whole volume
 * @param volumeId        the volume that showed it, empty if none did
 * @param measurement     the figure behind it, empty if there is none
 * @param since           when the condition began
 * @param at              when this alert was made
 * @param sentence        what happened and what to do, for the operator
 */
public record Alert(String procedureId, String alertId, long epoch, long sequence, AlertCode code,
        AlertPriority priority, AlertPhase phase, AlertState state, Optional<Acknowledgement> acknowledgement,
        Optional<String> structure, Optional<String> volumeId, Optional<Measurement> measurement, Instant since,
        Instant at, String sentence) {

    /**
     * This one instead of an earlier one of the same alert that nobody was told of.
     *
     * @return the same; asks for attention if that one did and it is neither seen nor over meanwhile
     */
    public Alert inPlaceOf(Alert untold) {
        boolean asks = untold.phase == AlertPhase.RAISED || untold.phase == AlertPhase.ESCALATED;
        boolean isNews = phase == AlertPhase.CLEARED || phase == AlertPhase.ACKNOWLEDGED
                || phase == AlertPhase.ESCALATED;
        return asks && !isNews ? as(untold.phase) : this;
    }

    private Alert as(AlertPhase other) {
        return new Alert(procedureId, alertId, epoch, sequence, code, priority, other, state, acknowledgement,
                structure, volumeId, measurement, since, at, sentence);
    }

    /** Whether it asks for attention: neither over nor acknowledged. */
    public boolean isUnseen() {
        return state != AlertState.INACTIVE && acknowledgement.isEmpty();
    }
}
