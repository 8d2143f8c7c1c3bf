package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertLife;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.alert.AlertState;
import org.regstream.core.align.Pose;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.SliceSeries;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Event.Answer;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** All that surrounds one procedure, with every answer under the test's hand; watches what must hold at every step. */
public final class World {

    /** A record of the frames' topic. */
    public static final class Record implements Token {
        private final int partition;
        private final Instant sentAt;

        Record(int partition, Instant sentAt) {
            this.partition = partition;
            this.sentAt = sentAt;
        }

        @Override
        public int partition() {
            return partition;
        }

        @Override
        public Instant sentAt() {
            return sentAt;
        }
    }

    /** What may come next; {@code pick} chooses among what there is. */
    public record Happening(Kind kind, int pick) {}

    /** Is told of every step. */
    public interface Watcher {
        void stepped(Event<Record> event, Moment at, List<Effect<Record>> effects);
    }

    public enum Kind {
        FRAME, TICK, SILENCE, TURN, LOOKED, LOOKED_AT_NOTHING, PASSED, PUBLISHED, REFUSED_BY_BROKER, TOLD, KEPT, CONFIRMED, ACKNOWLEDGED, PRESSED, REVOKED, OVERTAKEN, CLOCK_SET_BACK, CLOCK_SET_FORWARD
    }

    static final int SLICES = 3;
    private static final Duration TICK = Duration.ofMillis(500);

    private static final ModelGrid WINDOW = new ModelGrid(8, 8, 8, 1, "LPS");
    static final Registered REGISTERED = registered();
    static final EncodedResult OBJECTS = new EncodedResult(new EncodedObject("2.25.1", "2.25.2", "2.25.3",
            new byte[10]), List.of(), Optional.empty(), Optional.empty());

    private final LineRules rules;
    private final Watcher watcher;
    private Life<Record> life;
    private Instant now = SliceSeries.START;
    private Duration uptime = Duration.ZERO;
    private StoredAlerts stored = StoredAlerts.NONE;
    private boolean isOver;
    private boolean isForgotten;
    private int frames;
    private long requests;

    private final Deque<Network> asked = new ArrayDeque<>();
    private final Deque<Effect.Look<Record>> looks = new ArrayDeque<>();
    private Optional<Pose> lastPose = Optional.empty();
    private final Deque<Effect.Publish<Record>> publications = new ArrayDeque<>();
    private final Deque<Long> passed = new ArrayDeque<>();
    private final Deque<Effect.Tell<Record>> alerts = new ArrayDeque<>();
    private final Deque<Effect.Keep<Record>> keeps = new ArrayDeque<>();

    /** Requests of those who acknowledge. */
    final Set<Long> unanswered = new HashSet<>();
    final Set<Record> held = new HashSet<>();
    final Set<Record> settled = new HashSet<>();
    final Set<Record> gone = new HashSet<>();
    /** What the broker has, by alert. */
    final Map<String, Alert> atBroker = new LinkedHashMap<>();
    private final Map<String, Alert> sent = new HashMap<>();
    private long shownSequence;
    private long publishedSequence;
    private Optional<Alert> lastSent = Optional.empty();
    private long epochOfBeats;
    private long beats;

    World(boolean isAssessed) {
        this(isAssessed, (event, at, effects) -> {
        });
    }

    public World(boolean isAssessed, Watcher watcher) {
        this.watcher = watcher;
        rules = rules(isAssessed, "run-1");
        life = Life.begin(rules, 0);
    }

    public LineRules rules() {
        return rules;
    }

    public void happens(Happening what) {
        switch (what.kind) {
            case FRAME -> frame(what.pick);
            case TICK -> tick(Duration.ofMillis(100 + what.pick));
            case SILENCE -> tick(Duration.ofSeconds(1 + what.pick % 20));
            case TURN -> turn();
            case LOOKED -> looked(new Answer.Found(REGISTERED, OBJECTS, Optional.empty()));
            case LOOKED_AT_NOTHING -> looked(new Answer.Nothing(AlertCode.NO_VALID_REGISTRATION, "MODEL_FAULT", "no"));
            case PASSED -> passed();
            case PUBLISHED -> published();
            case REFUSED_BY_BROKER -> Optional.ofNullable(publications.poll())
                    .ifPresent(p -> step(new Event.Unpublishable<>(p.result().sequence(), "too large")));
            case TOLD -> told();
            case KEPT -> kept();
            case CONFIRMED -> step(new Event.Confirmed<>(new Receipt("p1", "wall", what.pick % 3 == 0,
                    Optional.empty(), now)));
            case ACKNOWLEDGED -> life.view(now).told().filter(open -> !open.isEmpty()).ifPresent(open -> step(
                    acknowledged(open.get(what.pick % open.size()).alertId())));
            case PRESSED -> step(new Event.Pressed<>());
            case REVOKED -> revoke(what.pick % 2);
            case OVERTAKEN -> stored = new StoredAlerts(Optional.of("run-9"), rules.digest(),
                    stored.memory().takenOver(now.plusSeconds(1)));
            case CLOCK_SET_BACK -> now = now.minusSeconds(3600);
            case CLOCK_SET_FORWARD -> now = now.plusSeconds(3600);
            default -> throw new IllegalArgumentException(what.toString());
        }
    }

    private Event<Record> acknowledged(String alertId) {
        unanswered.add(++requests);
        return new Event.Acknowledged<>(requests, alertId, new Acknowledgement("Dr Grey", now, now.plusSeconds(60)));
    }

    /** Volumes of three slices on two partitions; frames come in any order, some twice, some never. */
    private void frame(int pick) {
        int volume = frames++ / SLICES + pick % 2;
        int slice = pick % SLICES;
        Frame frame = SliceSeries.acquiredAt(
                SliceSeries.axial().declaring(SLICES).withSeries("2.25." + (10 + pick % 2))
                        .withPhase(String.valueOf(volume)).frame(slice),
                SliceSeries.START.plusMillis(100L * volume));
        Record token = new Record(pick / 2 % 2, now);
        held.add(token);
        step(new Event.FrameCame<>(frame, token));
    }

    /** The next of a volume's slices comes, in time. */
    void slice(int slice) {
        Record token = new Record(0, now);
        held.add(token);
        step(new Event.FrameCame<>(SliceSeries.acquiredAt(SliceSeries.axial().declaring(SLICES).frame(slice),
                SliceSeries.START), token));
    }

    /** Time passes, and the broker takes alerts and what is kept of them. */
    void pass(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(TICK)) {
            kept();
            told();
            hold(left.compareTo(TICK) < 0 ? left : TICK);
        }
    }

    /** Time passes, and the broker answers nothing. */
    void passUnanswered(Duration time) {
        tick(time);
    }

    void setClock(Duration step) {
        now = now.plus(step);
    }

    /** @return how long the volume was queued whose labels this look leads to */
    Duration queuedAfter(Duration wait, Duration look) {
        pass(wait);
        turn();
        pass(look);
        looked(new Answer.Found(REGISTERED, OBJECTS, Optional.empty()));
        return ((Labels) publications.element().result()).queued();
    }

    boolean isAskedFor(Network network) {
        return asked.contains(network);
    }

    /** As the ticker has it, though slower. */
    private void tick(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(TICK)) {
            hold(left.compareTo(TICK) < 0 ? left : TICK);
        }
    }

    /** This process stands still for so long. */
    void hold(Duration time) {
        now = now.plus(time);
        uptime = uptime.plus(time);
        step(new Event.Tick<>());
    }

    private void turn() {
        Optional.ofNullable(asked.poll()).ifPresent(network -> step(new Event.Turn<>(network)));
    }

    private void looked(Answer answer) {
        if (looks.isEmpty()) {
            turn();
        }
        Optional.ofNullable(looks.poll())
                .ifPresent(look -> step(new Event.Looked<>(look.ticket(), look.network(), answer)));
    }

    private void passed() {
        Optional.ofNullable(publications.poll()).map(p -> p.result().sequence()).ifPresent(number -> {
            passed.add(number);
            step(new Event.Passed<>(number));
        });
    }

    private void published() {
        if (passed.isEmpty()) {
            passed();
        }
        Optional.ofNullable(passed.poll()).ifPresent(number -> step(new Event.Published<>(number)));
    }

    private void told() {
        Optional.ofNullable(alerts.poll()).map(Effect.Tell::alert).ifPresent(alert -> {
            atBroker.put(alert.alertId(), alert);
            requireKept(alert);
            step(new Event.Told<>(alert.alertId(), alert.sequence()));
        });
    }

    private void kept() {
        Optional.ofNullable(keeps.poll()).ifPresent(keep -> {
            if (stored.memory().epoch() <= keep.state().memory().epoch()) {
                stored = keep.state();
            }
            step(new Event.Kept<>(keep.version()));
        });
    }

    private void revoke(int partition) {
        held.stream().filter(token -> token.partition == partition).forEach(gone::add);
        held.removeIf(token -> token.partition == partition);
        step(new Event.Revoked<>(Set.of(partition)));
    }

    /** Everything is answered, and time passes until nothing is left to be said. */
    public void settle() {
        for (int round = 0; round < 40; round++) {
            tick(Duration.ofSeconds(4));
            while (!asked.isEmpty() || !looks.isEmpty() || !publications.isEmpty() || !passed.isEmpty()
                    || !alerts.isEmpty()
                    || !keeps.isEmpty()) {
                kept();
                looked(new Answer.Found(REGISTERED, OBJECTS, Optional.empty()));
                published();
                told();
            }
        }
    }

    public void delete() {
        step(new Event.Deleted<>());
        isOver = true;
        while (!alerts.isEmpty()) {
            told();
        }
    }

    public void stop() {
        step(new Event.Stopped<>());
        isOver = true;
    }

    List<Alert> open() {
        return life.view(now).told().orElse(List.of());
    }

    /** Whether another instance tells. */
    boolean isToldElsewhere() {
        return stored.writer().filter(writer -> !writer.equals(rules.runId())).isPresent();
    }

    /** Whether what is kept of the procedure's alerts is deleted. */
    boolean isForgotten() {
        return isForgotten;
    }

    boolean isTelling() {
        return life.view(now).told().isPresent();
    }

    private void step(Event<Record> event) {
        boolean isVacant = stored.writer().filter(writer -> !writer.equals(rules.runId())).isEmpty();
        Moment at = new Moment(now, uptime, stored, isVacant);
        Step<Record> step = life.step(event, at);
        life = step.next();
        watcher.stepped(event, at, step.effects());
        step.effects().forEach(this::watch);
        if (event instanceof Event.Deleted || event instanceof Event.Stopped) {
            assertThat(life.view(now).isOver()).isTrue();
        }
    }

    private void watch(Effect<Record> effect) {
        if (effect instanceof Effect.Settle<Record> settle) {
            for (Record token : settle.tokens()) {
                assertThat(gone).as("not ours any more").doesNotContain(token);
                assertThat(settled.add(token)).as("settled once").isTrue();
                held.remove(token);
            }
        } else if (effect instanceof Effect.Tell<Record> tell) {
            onTell(tell);
        } else if (effect instanceof Effect.Keep<Record> keep) {
            keeps.add(keep);
        } else if (!(effect instanceof Effect.Forget || effect instanceof Effect.Reply)) {
            assertThat(isOver).as("%s after the end", effect).isFalse();
        }
        if (effect instanceof Effect.Reply<Record> reply) {
            assertThat(unanswered.remove(reply.request())).as("answered once").isTrue();
        } else if (effect instanceof Effect.Forget<Record>) {
            isForgotten = true;
        } else if (effect instanceof Effect.Show<Record> show) {
            assertThat(show.result().sequence()).as("numbers").isEqualTo(++shownSequence);
            if (show.result() instanceof Labels labels) {
                lastPose = Optional.of(labels.placement().pose());
            }
        } else if (effect instanceof Effect.Publish<Record> publish) {
            assertThat(publish.result().sequence()).as("numbers on the topic").isGreaterThan(publishedSequence);
            publishedSequence = publish.result().sequence();
            publications.add(publish);
        } else if (effect instanceof Effect.Ask<Record> ask) {
            assertThat(asked).as("one turn at a time").doesNotContain(ask.network());
            asked.add(ask.network());
        } else if (effect instanceof Effect.Look<Record> look) {
            assertThat(looks).as("one look of a network at a time").noneMatch(l -> l.network() == look.network());
            assertThat(look.last()).as("pose of the volume registered before").isEqualTo(lastPose);
            looks.add(look);
        } else if (effect instanceof Effect.Beat<Record> beat) {
            onBeat(beat.heartbeat());
        }
    }

    private void onTell(Effect.Tell<Record> tell) {
        Alert alert = tell.alert();
        assertThat(isOver && alert.state() != AlertState.INACTIVE).as("news after the end").isFalse();
        assertThat(alerts).as("one at a time").isEmpty();
        lastSent.ifPresent(before -> {
            assertThat(alert.epoch()).isGreaterThanOrEqualTo(before.epoch());
            assertThat(alert.sequence()).as("numbers of alerts").isGreaterThan(
                    alert.epoch() == before.epoch() ? before.sequence() : 0);
        });
        Alert before = sent.put(alert.alertId(), alert);
        assertThat(before == null || before.state() != AlertState.INACTIVE || before.epoch() < alert.epoch())
                .as("over for good, unless whoever goes on did not know").isTrue();
        lastSent = Optional.of(alert);
        alerts.add(tell);
    }

    private void onBeat(Heartbeat beat) {
        beats = beat.epoch() == epochOfBeats ? beats + 1 : 1;
        epochOfBeats = beat.epoch();
        assertThat(beat.sequence()).isEqualTo(beats);
    }

    /** What is open at the broker is known to whoever goes on after a crash of this moment. */
    private void requireKept(Alert alert) {
        if (!isOver && stored.writer().filter(rules.runId()::equals).isPresent()
                && stored.memory().epoch() == alert.epoch() && alert.state() != AlertState.INACTIVE) {
            assertThat(stored.memory().open().stream().map(AlertLife::alertId).collect(Collectors.toSet()))
                    .as("kept before it is told").contains(alert.alertId());
        }
    }

    /** @param runId names the run of the service */
    static LineRules rules(boolean isAssessed, String runId) {
        Procedure procedure = new Procedure("p1", REGISTERED.reference(), LiveSelector.study("2.25.1"),
                Duration.ofSeconds(10));
        return new LineRules(procedure, "00", AssemblyPolicy.DEFAULT, FakeModel.manifest(WINDOW).thresholds(),
                AlertSettings.withAgeBudget(Duration.ofSeconds(10)), isAssessed, 100, runId, "cpu");
    }

    private static Registered registered() {
        Grid grid = new Grid(8, 8, 8, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        Volume image = RandomData.volume(grid, 5);
        byte[] labels = new byte[grid.size()];
        for (int k = 2; k < 6; k++) {
            for (int j = 2; j < 6; j++) {
                for (int i = 2; i < 6; i++) {
                    labels[grid.offset(k, j, i)] = (byte) (k < 4 ? 1 : 2);
                }
            }
        }
        Reference reference = new Reference(image, LabelMap.takeOwnershipOf(grid, labels),
                List.of(FakeModel.HEAD, FakeModel.BODY), Alignment.CENTRES, Optional.empty(), Optional.empty());
        return (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0)).register(reference, image);
    }
}
