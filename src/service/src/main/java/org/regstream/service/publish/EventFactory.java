package org.regstream.service.publish;

import java.time.Clock;
import java.util.Map;
import org.regstream.core.alert.Alert;
import org.regstream.core.model.ModelManifest;
import org.regstream.service.line.LabelsResult;
import org.regstream.service.wire.AlertEvent;
import org.regstream.service.wire.CloudEvent;

/** Results as events: what each display needs to know of where a result comes from. Thread-safe. */
public final class EventFactory {

    /** Labels by the single network. */
    public static final String LABELS_TYPE = "org.regstream.labels.student.v1";
    public static final String ALERT_TYPE = "org.regstream.alert.v1";

    private final ModelManifest manifest;
    private final String source;
    private final Clock clock;

    /** @param runId names this run of the service: sequence numbers count anew in each */
    public EventFactory(ModelManifest manifest, String runId, Clock clock) {
        this.manifest = manifest;
        this.source = "/regstream/" + runId;
        this.clock = clock;
    }

    /** The id is the object's derived UID: a repeat of the result is the same event. */
    public CloudEvent labels(LabelsResult r) {
        Map<String, String> extensions = Map.of(
                "procedureid", r.procedureId(),
                "volumeid", r.live().volumeId(),
                "sequence", String.valueOf(r.sequence()),
                "acquired", r.live().acquiredAt().toString(),
                "modelid", manifest.id(),
                "modeldigest", manifest.digest(),
                "lastslice", r.lastSliceAt().toString(),
                "modelmillis", String.valueOf(r.modelTime().toNanos() / 1e6));
        return new CloudEvent(r.labels().uid(), LABELS_TYPE, source, clock.instant(), r.procedureId(),
                "application/dicom", extensions, r.labels().dicom());
    }

    public CloudEvent alert(Alert a) {
        Map<String, String> extensions = Map.of(
                "procedureid", a.procedureId(),
                "sequence", String.valueOf(a.sequence()),
                "modelid", manifest.id(),
                "modeldigest", manifest.digest());
        return new CloudEvent(a.procedureId() + "-" + a.sequence() + "-" + a.at().toEpochMilli(), ALERT_TYPE, source,
                a.at(), a.procedureId(),
                "application/json", extensions, AlertEvent.of(a, manifest.id(), manifest.digest()).toJson());
    }
}
