package org.regstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.regstream.core.assembly.SliceSeries;
import org.regstream.core.line.Event;
import org.regstream.core.line.Life;
import org.regstream.core.line.Moment;
import org.regstream.core.line.Operations;
import org.regstream.core.line.Step;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.line.World.Happening;

/** Whatever happens to a procedure, its log replays it; and what is not what was recorded is found. */
class ReplayPropertiesTest {

    private static final int TRIES = 150;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = TRIES)
    void shouldReplayEveryOperationExactly(@ForAll("operations") List<Happening> operation, @ForAll boolean isAssessed,
            @ForAll boolean isDeleted) {
        List<String> lines = Recording.of(operation, isAssessed, isDeleted);

        Optional<LoggedStep> difference = Recording.firstDifference(Recording.read(lines));

        assertThat(difference).isEmpty();
        assertThat(Recording.steps(Recording.read(lines))).hasSize(lines.size() - 1);
    }

    @Property(tries = TRIES)
    void shouldNameTheStepWhoseEffectsAreOthers(@ForAll("operations") List<Happening> operation, @ForAll int pick)
            throws IOException {
        List<String> lines = new ArrayList<>(Recording.of(operation, true, true));
        int step = 1 + Math.floorMod(pick, lines.size() - 1);
        ObjectNode tampered = (ObjectNode) JSON.readTree(lines.get(step));
        ((ArrayNode) tampered.get("effects")).add("show something else");
        lines.set(step, tampered.toString());

        assertThat(Recording.firstDifference(Recording.read(lines))).map(LoggedStep::number).contains((long) step);
    }

    /** Instead of each event that led to something else than time does: time passes. */
    @Example
    void shouldNameTheFirstStepAfterAnEventThatWasAnother() throws IOException {
        List<String> lines = Recording.of(Recording.OPERATION, true, true);
        int changed = 0;
        for (int step = 1; step < lines.size(); step++) {
            ObjectNode other = (ObjectNode) JSON.readTree(lines.get(step));
            JsonNode event = other.get("event");
            if (other.get("effects").toString().contains("ask for a turn")
                    && !event.get("type").asText().equals("Tick")) {
                other.set("event", JSON.createObjectNode().put("type", "Tick"));
                List<String> altered = new ArrayList<>(lines);
                altered.set(step, other.toString());
                assertThat(Recording.firstDifference(Recording.read(altered))).map(LoggedStep::number)
                        .contains((long) step);
                changed++;
            }
        }
        assertThat(changed).isGreaterThan(3);
    }

    /** A bug that ended a step is the most worth replaying: the step is there, and what it came to. */
    @Example
    void shouldRecordAndReplayABugAsABug() {
        EventLog log = Recording.read(Recording.whole());
        LoggedStep first = Recording.steps(Recording.read(Recording.whole())).get(0);
        LogLines<LoggedFrame> lines = new LogLines<>();
        String header = lines.header("0.1.0", log.header().rules(), 0);
        String line = lines.failure(first.event(), first.at(), new IllegalStateException("whatever"));
        Event<LoggedFrame> noFrame = new Event.FrameCame<>(null, new LoggedFrame(1, 0, first.at().now()));

        assertThat(Recording.steps(Recording.read(List.of(header, line)))).singleElement()
                .extracting(LoggedStep::effects).isEqualTo(List.of("fail with IllegalStateException"));
        assertThat(new Replay(log.header()).step(new LoggedStep(1, first.at(), noFrame, List.of())))
                .containsExactly("fail with NullPointerException");
    }

    /** An enhanced instance with slices of two volumes: its record comes twice, and goes back twice. */
    @Example
    void shouldReplayAFrameThatStandsInTwoVolumes() {
        EventLog log = Recording.read(Recording.whole());
        Instant now = SliceSeries.START;
        LoggedFrame token = new LoggedFrame(77, 0, now);
        List<Event<LoggedFrame>> events = List.of(
                new Event.FrameCame<>(SliceSeries.axial().withSeries("2.25.1").frame(0), token),
                new Event.FrameCame<>(SliceSeries.axial().withSeries("2.25.2").frame(0), token), new Event.Deleted<>(),
                new Event.FrameCame<>(SliceSeries.axial().withSeries("2.25.2").frame(1), token));
        LogLines<LoggedFrame> lines = new LogLines<>();
        List<String> written = new ArrayList<>(List.of(lines.header("0.1.0", log.header().rules(), 0)));
        Life<LoggedFrame> life = log.header().begin();
        for (Event<LoggedFrame> event : events) {
            Moment at = new Moment(now, Duration.ZERO, StoredAlerts.NONE, true);
            Step<LoggedFrame> step = life.step(event, at);
            life = step.next();
            written.add(lines.step(event, at, step.effects()));
        }

        assertThat(written.get(3)).contains("give back frames 1 1");
        assertThat(written.get(4)).contains("give back frames 2");
        assertThat(Recording.firstDifference(Recording.read(written))).isEmpty();
    }

    @Provide
    Arbitrary<List<Happening>> operations() {
        return Operations.any();
    }
}
