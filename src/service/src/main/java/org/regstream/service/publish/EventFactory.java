package org.regstream.service.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.EncodedMap;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Network;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.model.ModelManifest;
import org.regstream.wire.AlertEvent;
import org.regstream.wire.HeartbeatEvent;
import org.regstream.wire.NoRegistrationEvent;
import org.regstream.wire.ResultFiguresDocument;
import org.regstream.wire.Words;

/** Results as events: what each display needs to know of where a result comes from. Thread-safe. */
public final class EventFactory {

    /** Labels by the single network. */
    public static final String STUDENT_LABELS_TYPE = "org.regstream.labels.student.v1";
    /** Labels by the ensemble, of a volume whose student labels went out before. */
    public static final String ENSEMBLE_LABELS_TYPE = "org.regstream.labels.ensemble.v1";
    public static final String UNCERTAINTY_TYPE = "org.regstream.uncertainty.v1";
    /** The single network's field. */
    public static final String STUDENT_DISPLACEMENT_TYPE = "org.regstream.displacement.student.v1";
    /** The ensemble's mean field. */
    public static final String ENSEMBLE_DISPLACEMENT_TYPE = "org.regstream.displacement.ensemble.v1";
    /** How the images lay before registration. */
    public static final String POSE_TYPE = "org.regstream.pose.v1";
    public static final String ALERT_TYPE = "org.regstream.alert.v1";

    /** There is no valid registration of a volume; in one row with labels. */
    public static final String NO_REGISTRATION_TYPE = "org.regstream.noregistration.v1";
    public static final String HEARTBEAT_TYPE = "org.regstream.heartbeat.v1";

    private static final String JSON_TYPE = "application/json";
    private static final String DICOM = "application/dicom";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One for all instances and runs: a result that is made again after a restart is the same event, by id and source. */
    private static final String SOURCE = "/regstream";

    private final ModelManifest manifest;
    private final String runId;
    private final Clock clock;

    /** @param runId names this run of the service: sequence numbers count anew in each */
    public EventFactory(ModelManifest manifest, String runId, Clock clock) {
        this.manifest = manifest;
        this.runId = runId;
        this.clock = clock;
    }

    /** @return of the graph that a network is */
    static String digest(ModelManifest manifest, Network network) {
        return network == Network.STUDENT ? manifest.digest() : manifest.assessorDigest();
    }

    /** The id is the object's derived UID: a repeat of the result is the same event. */
    public CloudEvent labels(Labels labels) {
        Map<String, String> extensions = origin(labels);
        extensions.put("modelmillis", String.valueOf(labels.modelTime().toNanos() / 1e6));
        extensions.put("queuemillis", String.valueOf(labels.queued().toNanos() / 1e6));
        extensions.put("fieldmillis", String.valueOf(labels.overlay().choice().time().toNanos() / 1e6));
        extensions.put("labelsource", Words.of(labels.figures().labelSource()));
        extensions.put("field", Words.of(labels.figures().field()));
        extensions.put("figures",
                new String(ResultFiguresDocument.of(labels.figures()).toJson(), StandardCharsets.UTF_8));
        Map<String, Double> predicted = new TreeMap<>(labels.figures().predictedDice());
        if (!predicted.isEmpty()) {
            extensions.put("predicteddice", json(predicted));
        }
        return object(labels, labels.objects().labels(),
                isStudent(labels) ? STUDENT_LABELS_TYPE : ENSEMBLE_LABELS_TYPE, extensions);
    }

    /** Its sequence number is that of the labels it belongs to. */
    public CloudEvent map(Labels labels, EncodedMap map) {
        Map<String, String> extensions = origin(labels);
        extensions.put("quantity", map.quantity());
        return object(labels, map.object(), UNCERTAINTY_TYPE, extensions);
    }

    /** Its sequence number is that of the labels it has pulled. */
    public CloudEvent displacement(Labels labels, EncodedObject field) {
        return object(labels, field, isStudent(labels) ? STUDENT_DISPLACEMENT_TYPE : ENSEMBLE_DISPLACEMENT_TYPE,
                origin(labels));
    }

    /** Its sequence number is that of the labels that lay so. */
    public CloudEvent pose(Labels labels, EncodedObject pose) {
        return object(labels, pose, POSE_TYPE, origin(labels));
    }

    private CloudEvent object(Labels labels, EncodedObject object, String type, Map<String, String> extensions) {
        return event(object.uid(), type, clock.instant(), labels.procedureId(), DICOM, extensions, object.dicom());
    }

    private static boolean isStudent(Labels labels) {
        return labels.network() == Network.STUDENT;
    }

    private Map<String, String> origin(Labels labels) {
        Map<String, String> extensions = new HashMap<>();
        extensions.put("procedureid", labels.procedureId());
        extensions.put("volumeid", labels.live().volumeId());
        extensions.put("sequence", String.valueOf(labels.sequence()));
        extensions.put("acquired", labels.acquiredAt().toString());
        extensions.put("modelid", manifest.id());
        extensions.put("modeldigest", digest(manifest, labels.network()));
        extensions.put("lastslice", labels.lastSliceAt().toString());
        return extensions;
    }

    private static String json(Map<String, Double> figures) {
        try {
            return JSON.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures of " + figures.keySet() + " cannot be written as JSON", e);
        }
    }

    public CloudEvent alert(Alert a) {
        AlertEvent event = AlertEvent.of(a, manifest);
        Map<String, String> extensions = Map.of(
                "procedureid", a.procedureId(),
                "epoch", String.valueOf(a.epoch()),
                "sequence", String.valueOf(a.sequence()),
                "modelid", manifest.id(),
                "modeldigest", event.modelDigest());
        return event(a.procedureId() + "-" + a.epoch() + "-" + a.sequence(), ALERT_TYPE, a.at(), a.procedureId(),
                JSON_TYPE, extensions, event.toJson());
    }

    public CloudEvent noRegistration(NoRegistration n) {
        Map<String, String> extensions = new HashMap<>(Map.of(
                "procedureid", n.procedureId(),
                "sequence", String.valueOf(n.sequence()),
                "acquired", n.acquiredAt().toString(),
                "modelid", manifest.id(),
                "modeldigest", manifest.digest()));
        n.volumeId().ifPresent(id -> extensions.put("volumeid", id));
        return event(runId + "/" + n.procedureId() + "/" + n.sequence(), NO_REGISTRATION_TYPE, n.at(),
                n.procedureId(), JSON_TYPE, extensions, NoRegistrationEvent.of(n, manifest.id()).toJson());
    }

    public CloudEvent heartbeat(Heartbeat b) {
        Map<String, String> extensions = Map.of(
                "procedureid", b.procedureId(),
                "epoch", String.valueOf(b.epoch()),
                "sequence", String.valueOf(b.sequence()));
        return event(b.procedureId() + "-" + b.epoch() + "-" + b.sequence(), HEARTBEAT_TYPE, b.at(),
                b.procedureId(), JSON_TYPE, extensions, HeartbeatEvent.of(b, manifest.id()).toJson());
    }

    /** Each says which run has made it: numbers of results count anew in each. */
    private CloudEvent event(String id, String type, Instant time, String procedureId, String contentType,
            Map<String, String> extensions, byte[] data) {
        Map<String, String> all = new HashMap<>(extensions);
        all.put("runid", runId);
        return new CloudEvent(id, type, SOURCE, time, procedureId, contentType, all, data);
    }
}
