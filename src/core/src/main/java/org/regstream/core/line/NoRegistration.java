package org.regstream.core.line;

import java.time.Instant;
import java.util.Optional;
import org.regstream.core.alert.AlertCode;

/**
 * A live volume of which there is no registration that can be trusted: a result like labels, and numbered with them. Whatever is
 * shown for an earlier volume is not valid for this one.
 *
 * @param procedureId of the operation
 * @param sequence    in one row with the procedure's labels
 * @param volumeId    of the live volume, empty if its frames were none
 * @param acquiredAt  of the live volume
 * @param code        names the alert that goes with it
 * @param rule        the rule that it breaks, a fixed word
 * @param reason      for the operator; no patient identity
 * @param at          when it was found
 */
public record NoRegistration(String procedureId, long sequence, Optional<String> volumeId, Instant acquiredAt,
        AlertCode code,
        String rule, String reason, Instant at) implements Result {}
