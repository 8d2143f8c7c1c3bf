package org.regstream.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.regstream.core.DecodeException;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertLife;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.alert.Condition;
import org.regstream.core.alert.Ending;
import org.regstream.core.alert.Finding;
import org.regstream.core.alert.Measurement;
import org.regstream.core.line.StoredAlerts;

/** {@link StoredAlerts} on the compacted topic, JSON; schema version 1. Of the service's own; not for displays. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "writer", "digest", "epoch", "sequence", "liveSince", "newestResult", "displays", "open"})
public record AlertStateDocument(int schema, String writer, String digest, long epoch, long sequence, String liveSince,
        String newestResult, Map<String, String> displays, List<Life> open) {

    private static final int SCHEMA = 1;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    /** What a double tells apart. Whoever comes next counts on. */
    private static final long MOST = 1L << 53;

    /** As {@link AlertLife}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"alertId", "code", "structure", "priority", "state", "acknowledgement", "found", "over",
            "since",
            "raisedAt", "heldUntil", "saidAt"})
    public record Life(String alertId, String code, String structure, String priority, String state,
            AlertEvent.Seen acknowledgement, Found found, Over over, String since, String raisedAt, String heldUntil,
            String saidAt) {}

    /** As {@link Finding}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"priority", "volumeId", "measurement", "about", "sentence"})
    public record Found(String priority, String volumeId, AlertEvent.Figure measurement, String about,
            String sentence) {}

    /** As {@link Ending}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"volumeId", "measurement"})
    public record Over(String volumeId, AlertEvent.Figure measurement) {}

    /** @return UTF-8 */
    public static byte[] write(StoredAlerts s) {
        AlertMemory m = s.memory();
        Map<String, String> displays = new TreeMap<>();
        m.displays().forEach((display, last) -> displays.put(display, last.toString()));
        return Json.write(new AlertStateDocument(SCHEMA, s.writer().orElse(null), s.digest(), m.epoch(), m.sequence(),
                text(m.liveSince()), text(m.newestResult()), displays,
                m.open().stream().map(AlertStateDocument::life).toList()));
    }

    /** @throws DecodeException if this version of the service does not understand it */
    public static StoredAlerts read(byte[] json) {
        AlertStateDocument d = Json.read(json, AlertStateDocument.class);
        if (d.schema != SCHEMA) {
            throw new DecodeException("the state of alerts must have schema " + SCHEMA + ", got " + d.schema);
        }
        if (Math.min(d.epoch, d.sequence) < 0 || Math.max(d.epoch, d.sequence) > MOST) {
            throw new DecodeException("epoch and sequence of the state of alerts must lie in 0 to " + MOST + ", got "
                    + d.epoch + " and " + d.sequence);
        }
        try {
            Map<String, Instant> displays = d.displays.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> time(e.getValue())));
            return new StoredAlerts(Optional.ofNullable(d.writer), d.digest, new AlertMemory(d.epoch, d.sequence,
                    instant(d.liveSince), instant(d.newestResult), displays,
                    d.open.stream().map(AlertStateDocument::life).toList()));
        } catch (DateTimeException | IllegalArgumentException | NullPointerException e) {
            throw new DecodeException("the state of alerts must hold codes and times that this version knows", e);
        }
    }

    private static Life life(AlertLife l) {
        Finding f = l.finding();
        return new Life(l.alertId(), l.condition().code().name(), l.condition().structure().orElse(null),
                l.priority().name(), l.state().name(), l.acknowledgement().map(AlertEvent::seen).orElse(null),
                new Found(f.priority().name(), f.volumeId().orElse(null), figure(f.measurement()),
                        f.about().toString(), AlertEvent.bounded(f.sentence())),
                l.ending().map(e -> new Over(e.volumeId().orElse(null), figure(e.measurement()))).orElse(null),
                l.since().toString(), l.raisedAt().toString(), l.heldUntil().toString(), l.saidAt().toString());
    }

    private static AlertLife life(Life l) {
        Found f = l.found;
        return new AlertLife(l.alertId, new Condition(AlertCode.valueOf(l.code), Optional.ofNullable(l.structure)),
                AlertPriority.valueOf(l.priority), AlertState.valueOf(l.state),
                Optional.ofNullable(l.acknowledgement).map(a -> new Acknowledgement(a.by(), time(a.at()),
                        time(a.until()))),
                new Finding(AlertPriority.valueOf(f.priority), Optional.ofNullable(f.volumeId),
                        measurement(f.measurement),
                        time(f.about), f.sentence),
                Optional.ofNullable(l.over)
                        .map(o -> new Ending(Optional.ofNullable(o.volumeId), measurement(o.measurement))),
                time(l.since), time(l.raisedAt), time(l.heldUntil), time(l.saidAt));
    }

    private static AlertEvent.Figure figure(Optional<Measurement> m) {
        return m.map(AlertEvent::figure).orElse(null);
    }

    private static Optional<Measurement> measurement(AlertEvent.Figure f) {
        return Optional.ofNullable(f)
                .map(g -> new Measurement(g.value(), g.threshold(), g.unit(), g.thresholdVersion()));
    }

    /** By four digits of a year: others are no times of a procedure, and overflow where they are reckoned with. */
    private static Instant time(String at) {
        Instant time = Instant.parse(at);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("a time must be of the years 0 to 9999");
        }
        return time;
    }

    private static String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }

    private static Optional<Instant> instant(String at) {
        return Optional.ofNullable(at).map(AlertStateDocument::time);
    }
}
