package org.regstream.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertLife;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPace;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.alert.AlertState;
import org.regstream.core.alert.Condition;
import org.regstream.core.alert.Ending;
import org.regstream.core.alert.Finding;
import org.regstream.core.alert.Measurement;
import org.regstream.core.alert.ReceiptRule;
import org.regstream.core.align.Pose;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.GeometryTolerance;
import org.regstream.core.assembly.Marks;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Event;
import org.regstream.core.line.Event.Answer;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Moment;
import org.regstream.core.line.Network;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.Sight;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.GenericLimits;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.model.Verdict;
import org.regstream.core.pipeline.StructureAssessment;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.procedure.ProcedureFacts;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.Volume;

/** Whatever may be in a log, from a seed; also figures that are no numbers, and texts that JSON has to escape. */
final class AnyStep {

    private final Random random;

    AnyStep(Random random) {
        this.random = random;
    }

    Event<LoggedFrame> event() {
        List<Supplier<Event<LoggedFrame>>> events = List.of(
                () -> new Event.FrameCame<>(frame(), new LoggedFrame(1, random.nextInt(9), time())),
                () -> new Event.Turn<>(one(Network.values())),
                () -> new Event.Looked<>(random.nextLong(), one(Network.values()), answer()),
                () -> new Event.Passed<>(random.nextLong()), () -> new Event.Published<>(random.nextLong()),
                () -> new Event.Unpublishable<>(random.nextLong(), text()),
                () -> new Event.Told<>(text(), random.nextLong()), () -> new Event.Kept<>(random.nextLong()),
                () -> new Event.Confirmed<>(
                        new Receipt(text(), text(), random.nextBoolean(), maybe(this::text), time())),
                () -> new Event.Acknowledged<>(random.nextLong(), text(), acknowledgement()), Event.Tick::new,
                () -> new Event.Revoked<>(Set.copyOf(random.ints(5, 0, 20).boxed().toList())), Event.Stopped::new,
                Event.Pressed::new,
                Event.Deleted::new);
        return events.get(random.nextInt(events.size())).get();
    }

    Moment moment() {
        Map<String, Instant> displays = new HashMap<>();
        some(this::text).forEach(display -> displays.put(display, time()));
        return new Moment(time(), span(), new StoredAlerts(maybe(this::text), text(),
                new AlertMemory(random.nextLong(), random.nextLong(), maybe(this::time), maybe(this::time), displays,
                        some(this::life))),
                random.nextBoolean());
    }

    LineRules rules() {
        DicePredictor.Range range = new DicePredictor.Range(-random.nextDouble(), random.nextDouble());
        DicePredictor predictor = new DicePredictor(number(), Map.of(), Map.of("similarity", range),
                random.nextDouble(), random.nextDouble());
        AlertThresholds thresholds = new AlertThresholds(text(), random.nextDouble(),
                Map.of("head", random.nextDouble() + 0.1), Map.of("head", predictor),
                Map.of("head", random.nextDouble()),
                Map.of("body", random.nextDouble()),
                maybe(() -> new GenericLimits(random.nextDouble() + 0.1, predictor, random.nextDouble())),
                1 + random.nextDouble(), text());
        return new LineRules(
                new ProcedureFacts("p" + random.nextInt(9), List.of(structure()), maybe(this::uid),
                        Duration.ofSeconds(1 + random.nextInt(99))),
                text(), new AssemblyPolicy(Duration.ofMillis(1 + random.nextInt(99)), Duration.ofSeconds(60), 0,
                        2 + random.nextInt(99), 1 + random.nextInt(99999), GeometryTolerance.DEFAULT),
                thresholds,
                new AlertSettings(Duration.ofSeconds(1 + random.nextInt(99)), 0.1 + 0.9 * random.nextDouble(),
                        AlertPace.DEFAULT, new ReceiptRule(random.nextBoolean(), Duration.ofSeconds(9))),
                random.nextBoolean(), random.nextLong(), text(), text());
    }

    private Frame frame() {
        Marks marks = Marks.NONE;
        for (Mark mark : Mark.values()) {
            marks = random.nextBoolean() ? marks.with(mark, String.valueOf(random.nextInt())) : marks;
        }
        Affine affine = new Affine(vector(), new Vector3(random.nextDouble(), 0, 2), new Vector3(0, 1.5, 0),
                new Vector3(1, random.nextDouble() / 3, 0));
        int side = 1 + random.nextInt(5);
        List<Volume> slices = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(n -> new Grid(1, side, 1 + n, affine.translated(vector())))
                .map(grid -> Volume.takeOwnershipOf(grid, new float[grid.size()])).toList();
        return new Frame(uid(), uid(), uid(), marks, random.nextBoolean() ? "" : uid(), time(), random.nextInt(40),
                slices);
    }

    private Answer answer() {
        if (random.nextBoolean()) {
            return new Answer.Nothing(one(AlertCode.values()), text(), text());
        }
        return new Answer.Found(new Sight(Pose.rotation(vector()).taking(vector(), vector()), maybe(this::vector),
                new FieldQuality(random.nextDouble(), figure(), figure(), figure(), figure()), some(this::assessment),
                size(), some(this::size), maybe(random::nextLong)), Optional.empty());
    }

    private Sight.Size size() {
        return new Sight.Size(text(), random.nextInt(Integer.MAX_VALUE));
    }

    private StructureAssessment assessment() {
        ReliabilityFeatures features = new ReliabilityFeatures(number(), number(), number(), number(), number(),
                number(), number(), number(), maybeNumber(), maybeNumber(), maybeNumber());
        return new StructureAssessment(new StructureFigures(structure(), one(LabelSource.values()), figure(), figure(),
                figure(), maybe(() -> features)), maybe(this::verdict));
    }

    private Verdict verdict() {
        return random.nextBoolean()
                ? new Verdict.Judged(0.5, random.nextDouble() / 2, 0.5 + random.nextDouble() / 2)
                : new Verdict.NotJudged(text(), figure(), figure(), figure());
    }

    private Structure structure() {
        return new Structure(1 + random.nextInt(255), text(), text(), text(), "#12ab34");
    }

    private AlertLife life() {
        return new AlertLife(text(), new Condition(one(AlertCode.values()), maybe(this::text)),
                one(AlertPriority.values()), one(AlertState.values()), maybe(this::acknowledgement),
                new Finding(one(AlertPriority.values()), maybe(this::text), maybe(this::measurement), time(), text()),
                maybe(() -> new Ending(maybe(this::text), maybe(this::measurement))), time(), time(), time(), time());
    }

    private Measurement measurement() {
        return new Measurement(number(), number(), text(), text());
    }

    private Acknowledgement acknowledgement() {
        Instant at = time();
        return new Acknowledgement("Dr " + random.nextInt(), at, at.plusSeconds(1 + random.nextInt(999)));
    }

    private Vector3 vector() {
        return new Vector3(number(), number(), number());
    }

    private double number() {
        return random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3);
    }

    private double figure() {
        List<Double> odd = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0,
                Double.MIN_VALUE, 1e300);
        return random.nextBoolean() ? number() : odd.get(random.nextInt(odd.size()));
    }

    private OptionalDouble maybeNumber() {
        return random.nextBoolean() ? OptionalDouble.of(number()) : OptionalDouble.empty();
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private Duration span() {
        return Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private String uid() {
        return "2.25." + random.nextInt(1_000_000);
    }

    private String text() {
        return one(new String[]{"head", "\"quoted\"\n", "ä€𝄞\u0000", "a\\b", "x"}) + random.nextInt(99);
    }

    private <V> V one(V[] all) {
        return all[random.nextInt(all.length)];
    }

    private <V> Optional<V> maybe(Supplier<V> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <V> List<V> some(Supplier<V> value) {
        List<V> all = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            all.add(value.get());
        }
        return all;
    }
}
