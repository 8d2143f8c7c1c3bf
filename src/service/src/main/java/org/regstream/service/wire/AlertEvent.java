package org.regstream.service.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.Measurement;
import org.regstream.core.model.ModelManifest;

/**
 * An alert on the topic, JSON of at most 64 KiB; schema version 1. Times are ISO 8601 in UTC. Carries no patient identity.
 *
 * @param schema      version of this layout
 * @param procedureId of the operation
 * @param sequence    counts the alerts of a procedure from 1, anew when the service starts
 * @param code        what it is about; with {@code structure} it names the condition
 * @param kind        {@code CLINICAL} or {@code TECHNICAL}
 * @param priority    {@code HIGH}, {@code MEDIUM}, {@code LOW} or {@code INFORMATION}
 * @param phase       {@code RAISED}, {@code CONTINUED} or {@code CLEARED}
 * @param structure   the structure it concerns; left out if the whole volume
 * @param volumeId    the volume that showed it; left out if none did
 * @param measurement the figure behind it; left out if there is none
 * @param since       when the condition began
 * @param at          when the alert was made
 * @param sentence    for the operator
 * @param modelId     names the model package in use
 * @param modelDigest SHA-256 of its network: of the one that judges for a clinical alert, of the student for a technical one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "procedureId", "sequence", "code", "kind", "priority", "phase", "structure", "volumeId",
        "measurement", "since", "at", "sentence", "modelId", "modelDigest"})
public record AlertEvent(int schema, String procedureId, long sequence, String code, String kind, String priority,
        String phase, String structure, String volumeId, Figure measurement, String since, String at, String sentence,
        String modelId, String modelDigest) {

    public static final int SCHEMA = 1;
    /** Keeps the event far below 64 KiB whatever a library's message holds. */
    private static final int MAX_SENTENCE = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As {@link Measurement}. */
    @JsonPropertyOrder({"value", "threshold", "unit", "thresholdVersion"})
    public record Figure(double value, double threshold, String unit, String thresholdVersion) {}

    public static AlertEvent of(Alert a, ModelManifest model) {
        String sentence = a.sentence().substring(0, Math.min(MAX_SENTENCE, a.sentence().length()));
        return new AlertEvent(SCHEMA, a.procedureId(), a.sequence(), a.code().name(), a.code().kind().name(),
                a.priority().name(), a.phase().name(), a.structure().orElse(null), a.volumeId().orElse(null),
                a.measurement().map(AlertEvent::figure).orElse(null), a.since().toString(), a.at().toString(), sentence,
                model.id(), digest(a.code().kind(), model));
    }

    private static String digest(AlertCode.Kind kind, ModelManifest model) {
        return kind == AlertCode.Kind.CLINICAL ? model.assessorDigest() : model.digest();
    }

    private static Figure figure(Measurement m) {
        return new Figure(m.value(), m.threshold(), m.unit(), m.thresholdVersion());
    }

    /** @return UTF-8 */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("alert " + code + " cannot be written as JSON", e);
        }
    }
}
