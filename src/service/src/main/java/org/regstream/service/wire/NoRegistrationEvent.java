package org.regstream.service.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.regstream.core.line.NoRegistration;

/**
 * "No valid registration" on the labels' topic, JSON; schema version 1. What is shown for an earlier volume is not valid for this one.
 *
 * @param schema      version of this layout
 * @param procedureId of the operation
 * @param sequence    in one row with the labels of the same source
 * @param volumeId    of the live volume; left out if its frames were none
 * @param acquired    when it was acquired, ISO 8601 in UTC
 * @param code        names the alert that goes with it
 * @param rule        the rule that it breaks, a fixed word
 * @param reason      for the operator; no patient identity
 * @param at          when it was found
 * @param modelId     names the model package in use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "procedureId", "sequence", "volumeId", "acquired", "code", "rule", "reason", "at",
        "modelId"})
public record NoRegistrationEvent(int schema, String procedureId, long sequence, String volumeId, String acquired,
        String code, String rule, String reason, String at, String modelId) {

    public static final int SCHEMA = 1;

    public static NoRegistrationEvent of(NoRegistration n, String modelId) {
        return new NoRegistrationEvent(SCHEMA, n.procedureId(), n.sequence(), n.volumeId().orElse(null),
                n.acquiredAt().toString(), n.code().name(), n.rule(), AlertEvent.bounded(n.reason()), n.at().toString(),
                modelId);
    }

    /** @return UTF-8 */
    public byte[] toJson() {
        return Json.write(this);
    }
}
