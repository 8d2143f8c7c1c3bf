package org.regstream.eventlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.line.Event;
import org.regstream.core.line.Moment;
import org.regstream.core.line.StoredAlerts;

/**
 * A log as it is read, step by step, plain or compressed by gzip. One that is cut off ends with its last whole line. Not thread-safe.
 */
public final class EventLog implements Closeable {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Stands where a line tells nothing new. */
    private static final ObjectNode AS_BEFORE = new RecordWriter(new Names()).write(StoredAlerts.NONE);

    private final LogFileLines lines;
    private final RecordReader json = new RecordReader();
    private final LogHeader header;
    private StoredAlerts kept;
    private long steps;
    private Optional<LogEnd> end = Optional.empty();

    private EventLog(LogFileLines lines) throws IOException {
        this.lines = lines;
        this.header = header(lines.next().orElseThrow(() -> new DecodeException(
                "no event log: not one whole line; it was not begun, or it is another file")));
    }

    /** @param file as the service wrote it, or decompressed
     *  @throws IOException     if it cannot be read
     *  @throws DecodeException if it does not begin as a log does */
    public static EventLog open(Path file) throws IOException {
        return of(LogFileLines.open(file));
    }

    /** @param plain not compressed; closed with the log */
    static EventLog of(InputStream plain) throws IOException {
        return of(new LogFileLines(plain));
    }

    private static EventLog of(LogFileLines lines) throws IOException {
        try {
            return new EventLog(lines);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** The first line. */
    public LogHeader header() {
        return header;
    }

    /** @return the next step, empty at the end
     *  @throws DecodeException with the number of the line, if it is no step */
    public Optional<LoggedStep> next() throws IOException {
        if (end.isPresent()) {
            return Optional.empty();
        }
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
            end = Optional.of(LogEnd.CUT_OFF);
            return Optional.empty();
        }
        return guarded(() -> step(object(line.get())));
    }

    /** @return why it ends; empty before {@link #next} has come to its end */
    public Optional<LogEnd> end() {
        return end;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private LogHeader header(String line) {
        return guarded(() -> {
            ObjectNode object = object(line);
            int format = object.path("eventLog").asInt();
            if (format != LogHeader.FORMAT) {
                throw new DecodeException("eventLog must be " + LogHeader.FORMAT + ", got "
                        + (format == 0 ? "no event log" : format + ", written by another version of regstream"));
            }
            return json.read(LogHeader.class, object, "header");
        });
    }

    private Optional<LoggedStep> step(ObjectNode line) throws IOException {
        if (line.has("end")) {
            end = Optional.of(ending(line));
            return Optional.empty();
        }
        requireKeys(line, List.of("step", "at", "event", "effects"));
        if (line.get("step").asLong() != steps + 1) {
            throw new DecodeException("step must be " + (steps + 1) + ", got " + line.get("step"));
        }
        Moment at = moment(line.get("at"));
        Event<?> event = json.read(Event.class, line.get("event"), "event");
        return Optional.of(new LoggedStep(++steps, at, logged(event), effects(line.get("effects"))));
    }

    private LogEnd ending(ObjectNode line) throws IOException {
        requireKeys(line, List.of("end"));
        LogEnd read = LogEnd.read(line.get("end").asText())
                .orElseThrow(() -> new DecodeException("end must be a word that is known, got another"));
        if (lines.next().isPresent()) {
            throw new DecodeException("the last line must be that of the end, got more");
        }
        return read;
    }

    private Moment moment(JsonNode node) {
        if (node.isObject() && !node.has("kept") && kept != null) {
            Moment read = json.read(Moment.class, ((ObjectNode) node).set("kept", AS_BEFORE), "at");
            return new Moment(read.now(), read.uptime(), kept, read.isVacant());
        }
        Moment read = json.read(Moment.class, node, "at");
        kept = read.kept();
        return read;
    }

    /** All that the reader makes has frames of a log. */
    @SuppressWarnings("unchecked")
    private static Event<LoggedFrame> logged(Event<?> event) {
        return (Event<LoggedFrame>) event;
    }

    private static List<String> effects(JsonNode node) {
        List<String> effects = new ArrayList<>();
        for (JsonNode effect : node) {
            if (!effect.isTextual()) {
                throw new DecodeException("effects must be text, got something else");
            }
            effects.add(effect.textValue());
        }
        return effects;
    }

    private static void requireKeys(ObjectNode line, List<String> keys) {
        List<String> got = new ArrayList<>();
        line.fieldNames().forEachRemaining(got::add);
        if (got.size() != keys.size() || !got.containsAll(keys)) {
            throw new DecodeException("a line must have the keys " + keys + ", got " + got.size() + " keys, not those");
        }
    }

    private static ObjectNode object(String line) {
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode object) {
                return object;
            }
            throw new DecodeException("a line must be a JSON object, got another value");
        } catch (JsonProcessingException e) {
            throw new DecodeException("a line must be a JSON object, got none: " + e.getOriginalMessage(), e);
        }
    }

    /** Something that reads. */
    private interface Reading<R> {
        R read() throws IOException;
    }

    private <R> R guarded(Reading<R> reading) {
        try {
            return reading.read();
        } catch (IOException | RuntimeException e) {
            throw new DecodeException("line " + lines.number() + ": " + e.getMessage()
                    + "; the file is damaged or of another version: read it with the regstream that its first line names",
                    e);
        }
    }
}
