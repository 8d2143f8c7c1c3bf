package org.regstream.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.Measurement;
import org.regstream.core.model.ModelManifest;

/**
 * An alert on the topic, JSON of at most 64 KiB; schema version 1. Times are ISO 8601 in UTC. Carries no patient identity.
 *
 * @param schema      version of this layout
 * @param procedureId of the operation
 * @param alertId     the same from the alert's beginning to its end
 * @param epoch       of whoever counts; a larger one is later
 * @param sequence    counts the alerts of a procedure from 1, and goes on in the next epoch
 * @param code        what it is about; with {@code structure} it names the condition
 * @param kind        {@code CLINICAL} or {@code TECHNICAL}
 * @param priority    {@code HIGH}, {@code MEDIUM}, {@code LOW} or {@code INFORMATION}
 * @param phase       what has just happened, as {@link org.regstream.core.alert.AlertPhase}
 * @param state       {@code ACTIVE}, {@code LATCHED} (the condition is over, the alert still shown) or {@code INACTIVE}
 * @param acknowledgement who has taken note, and until when; left out if nobody has
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
@JsonPropertyOrder({"schema", "procedureId", "alertId", "epoch", "sequence", "code", "kind", "priority", "phase",
        "state",
        "acknowledgement", "structure", "volumeId", "measurement", "since", "at", "sentence", "modelId", "modelDigest"})
public record AlertEvent(int schema, String procedureId, String alertId, long epoch, long sequence, String code,
        String kind, String priority, String phase, String state, Seen acknowledgement, String structure,
        String volumeId, Figure measurement, String since, String at, String sentence, String modelId,
        String modelDigest) {

    public static final int SCHEMA = 1;
    static final int MAX_SENTENCE = 4096;

    /** As {@link Measurement}. */
    @JsonPropertyOrder({"value", "threshold", "unit", "thresholdVersion"})
    public record Figure(double value, double threshold, String unit, String thresholdVersion) {}

    /** As {@link Acknowledgement}. */
    @JsonPropertyOrder({"by", "at", "until"})
    public record Seen(String by, String at, String until) {}

    public static AlertEvent of(Alert a, ModelManifest model) {
        return new AlertEvent(SCHEMA, a.procedureId(), a.alertId(), a.epoch(), a.sequence(), a.code().name(),
                a.code().kind().name(), a.priority().name(), a.phase().name(), a.state().name(),
                a.acknowledgement().map(AlertEvent::seen).orElse(null), a.structure().orElse(null),
                a.volumeId().orElse(null),
                a.measurement().map(AlertEvent::figure).orElse(null), a.since().toString(), a.at().toString(),
                bounded(a.sentence()),
                model.id(), digest(a.code().kind(), model));
    }

    private static String digest(AlertCode.Kind kind, ModelManifest model) {
        return kind == AlertCode.Kind.CLINICAL ? model.assessorDigest() : model.digest();
    }

    static Seen seen(Acknowledgement a) {
        return new Seen(a.by(), a.at().toString(), a.until().toString());
    }

    static Figure figure(Measurement m) {
        return new Figure(m.value(), m.threshold(), m.unit(), m.thresholdVersion());
    }

    /** Keeps an event far below 64 KiB whatever a library's message holds. */
    static String bounded(String sentence) {
        return sentence.substring(0, Math.min(MAX_SENTENCE, sentence.length()));
    }

    /** @return UTF-8 */
    public byte[] toJson() {
        return Json.write(this);
    }
}
