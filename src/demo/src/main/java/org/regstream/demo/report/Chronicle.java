package org.regstream.demo.report;

import static org.regstream.demo.topic.Records.header;
import static org.regstream.demo.topic.Records.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regstream.core.alert.AlertPriority;
import org.regstream.demo.report.Operation.AlertStory;
import org.regstream.demo.report.Operation.Labelled;
import org.regstream.demo.report.Operation.None;
import org.regstream.demo.report.Operation.Note;
import org.regstream.demo.report.Operation.Result;
import org.regstream.service.publish.EventFactory;

/** Events of one procedure into what happened; repeats count once. For one thread. */
final class Chronicle {

    private final String procedureId;
    private final Set<String> seen = new HashSet<>();
    private final List<Result> results = new ArrayList<>();
    private final Map<String, AlertStory> alerts = new LinkedHashMap<>();
    private String modelId = "";

    Chronicle(String procedureId) {
        this.procedureId = procedureId;
    }

    /** A record of the topic of labels. */
    void onResult(ConsumerRecord<String, byte[]> record) {
        String id = header(record, "ce_id");
        if (!seen.add(id)) {
            return;
        }
        modelId = header(record, "ce_modelid");
        if (header(record, "ce_type").equals(EventFactory.NO_REGISTRATION_TYPE)) {
            JsonNode none = json(record.value());
            results.add(new None(Instant.parse(header(record, "ce_acquired")), none.path("code").asText(),
                    none.path("reason").asText()));
        } else {
            results.add(labelled(id, record));
        }
    }

    private static Labelled labelled(String id, ConsumerRecord<String, byte[]> record) {
        JsonNode figures = json(header(record, "ce_figures").getBytes(StandardCharsets.UTF_8));
        Map<String, Double> dice = new HashMap<>();
        figures.path("structures").forEach(s -> {
            if (s.path("verdict").path("predictedDice").isNumber()) {
                dice.put(s.path("name").asText(), s.path("verdict").path("predictedDice").asDouble());
            }
        });
        return new Labelled(id, header(record, "ce_volumeid"),
                header(record, "ce_type").equals(EventFactory.ENSEMBLE_LABELS_TYPE),
                Instant.parse(header(record, "ce_acquired")),
                Duration.between(Instant.parse(header(record, "ce_lastslice")),
                        Instant.parse(header(record, "ce_time"))),
                figures.path("field").asText(), pose(figures.path("pose")), dice);
    }

    private static String pose(JsonNode pose) {
        return pose.isMissingNode()
                ? ""
                : String.format(Locale.ROOT, "turned %.1f\u00b0, moved %.1f mm (%s)",
                        pose.path("turnedDegrees").asDouble(), pose.path("movedMm").asDouble(),
                        pose.path("basis").asText());
    }

    /** A record of the topic of alerts. */
    void onAlert(ConsumerRecord<String, byte[]> record) {
        JsonNode alert = json(record.value());
        alerts.merge(alert.path("alertId").asText(), story(alert), Chronicle::continued);
    }

    private static AlertStory story(JsonNode alert) {
        boolean isOver = !alert.path("state").asText().equals("ACTIVE");
        JsonNode seenBy = alert.path("acknowledgement");
        return new AlertStory(alert.path("alertId").asText(), alert.path("code").asText(),
                Optional.ofNullable(alert.path("structure").asText(null)),
                AlertPriority.valueOf(alert.path("priority").asText()),
                alert.path("sentence").asText(), Instant.parse(alert.path("since").asText()),
                isOver ? Optional.of(Instant.parse(alert.path("at").asText())) : Optional.empty(),
                seenBy.isObject()
                        ? List.of(new Note(seenBy.path("by").asText(), Instant.parse(seenBy.path("at").asText())))
                        : List.of());
    }

    /** An alert that begins again is open again; what it says when it is over is no news of what it was about. */
    private static AlertStory continued(AlertStory before, AlertStory now) {
        List<Note> notes = new ArrayList<>(before.takenNote());
        now.takenNote().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        Optional<Instant> until = now.until().isEmpty() ? now.until() : before.until().or(now::until);
        return new AlertStory(before.alertId(), before.code(), before.structure(),
                now.priority().isAbove(before.priority()) ? now.priority() : before.priority(),
                now.until().isEmpty() ? now.sentence() : before.sentence(), before.since(), until, notes);
    }

    Operation operation() {
        List<Result> sorted = results.stream().sorted(Comparator.comparing(Result::acquired)
                .thenComparing(result -> result instanceof Labelled l && l.isChecked())).toList();
        List<AlertStory> stories = alerts.values().stream().sorted(Comparator.comparing(AlertStory::since)).toList();
        return new Operation(procedureId, modelId, sorted, stories);
    }
}
