package org.regstream.eventlog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.regstream.core.line.Effect;
import org.regstream.core.line.Event;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Moment;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.line.Token;

/**
 * What happens to one procedure, as the lines of its log: a header, then a line a step, each a JSON object.
 *
 * <pre>
 *   {"eventLog":1,"regstream":"…","rules":{…},"lastSequence":0}
 *   {"step":1,"at":{"now":"…","uptime":"…","kept":{…},"isVacant":true},"event":{"type":"FrameCame",…},"effects":["…"]}
 *   {"step":2,"at":{"now":"…","uptime":"…","isVacant":true},"event":{"type":"Tick"},"effects":[]}
 *   {"end":"over"}
 * </pre>
 *
 * {@code kept} is told where it is another than in the step before. Not thread-safe: belongs to the procedure's line.
 *
 * @param <T> stands for a frame at its source
 */
public final class LogLines<T extends Token> {

    /** So many UIDs and names are remembered, about 40 MB; a log that has more is full. */
    private static final int MOST_NAMES = 200_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Names names = new Names();
    private final RecordWriter json = new RecordWriter(names);
    /**
     * Frames that are not given back: an instance with slices of several volumes comes, and goes back, several times. Those whose partition went elsewhere never go
     * back, and may still be part of a volume; they are forgotten with it. Tokens are compared by identity.
     */
    private final Map<T, Out> frames = new WeakHashMap<>();
    private final EffectWords<T> words = new EffectWords<>(token -> frames.get(token).frame.number());
    private Optional<StoredAlerts> kept = Optional.empty();
    private long steps;
    private long came;

    /** A frame, and how often it is to be given back. */
    private record Out(LoggedFrame frame, int times) {

        Out more() {
            return new Out(frame, times + 1);
        }

        /** @return null when all of it is back */
        Out less() {
            return times == 1 ? null : new Out(frame, times - 1);
        }
    }

    /** @param regstream    version that writes
     *  @param lastSequence number of the last result of a predecessor, 0 if there was none
     *  @return the first line */
    public String header(String regstream, LineRules rules, long lastSequence) {
        return json.write(new LogHeader(LogHeader.FORMAT, regstream, rules, lastSequence)).toString();
    }

    /** @return the next line */
    public String step(Event<T> event, Moment at, List<Effect<T>> effects) {
        Event<LoggedFrame> logged = logged(event);
        String line = line(logged, at, words.of(effects));
        effects.forEach(effect -> {
            if (effect instanceof Effect.Settle<T> settle) {
                settle.tokens().forEach(token -> frames.computeIfPresent(token, (t, out) -> out.less()));
            }
        });
        return line;
    }

    /** Of a step that a bug has ended. @return the next line */
    public String failure(Event<T> event, Moment at, RuntimeException failure) {
        return line(logged(event), at, List.of(EffectWords.failure(failure)));
    }

    /** @return the last line */
    public static String end(LogEnd end) {
        return NODES.objectNode().put("end", end.word()).toString();
    }

    /** Whether no more is to be written: too much would have to be remembered. */
    public boolean isFull() {
        return names.count() >= MOST_NAMES;
    }

    private String line(Event<LoggedFrame> event, Moment at, List<String> effects) {
        ObjectNode moment = json.write(at);
        if (kept.filter(at.kept()::equals).isPresent()) {
            moment.remove("kept");
        }
        kept = Optional.of(at.kept());
        ArrayNode lines = NODES.arrayNode();
        effects.forEach(lines::add);
        ObjectNode line = NODES.objectNode().put("step", ++steps);
        line.set("at", moment);
        line.set("event", json.write((Record) event));
        line.set("effects", lines);
        return line.toString();
    }

    /** Of all events only that of a frame has a token in it. */
    @SuppressWarnings("unchecked")
    private Event<LoggedFrame> logged(Event<T> event) {
        return event instanceof Event.FrameCame<T> frame
                ? new Event.FrameCame<>(frame.frame(), out(frame.token()))
                : (Event<LoggedFrame>) event;
    }

    private LoggedFrame out(T token) {
        return frames.compute(token, (t, before) -> before == null
                ? new Out(new LoggedFrame(++came, t.partition(), t.sentAt()), 1)
                : before.more()).frame;
    }
}
