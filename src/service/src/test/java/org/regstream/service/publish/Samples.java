package org.regstream.service.publish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.alert.Measurement;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.VolumeKey;
import org.regstream.core.line.EncodedMap;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.EncodedResult;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Network;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Payload;
import org.regstream.core.line.ResultFigures;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.model.Verdict.NotJudged;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.service.testing.Figures;

/** One event of each kind, with everything that it may hold, and one with as little as it must. */
public final class Samples {

    static final Instant AT = Instant.parse("2026-11-21T08:00:00.250Z");

    private static final EventFactory EVENTS = new EventFactory(FakeModel.manifest(new ModelGrid(4, 4, 4, 1, "LPS")),
            "run-1", Clock.fixed(AT, ZoneOffset.UTC));

    private Samples() {}

    public static CloudEvent labels(Network source) {
        return EVENTS.labels(labels(source, 7, object(), AT, Duration.ofMillis(12), figures(source)));
    }

    /** @param source which network has looked
     *  @param object its labels */
    static Labels labels(Network source, long sequence, EncodedObject object, Instant lastSliceAt, Duration modelTime,
            ResultFigures figures) {
        Phantom phantom = new Phantom(8, 12, 12, List.of(FakeModel.HEAD, FakeModel.BODY));
        Registered seen = (Registered) new RegistrationPipeline(
                FakeModel.shifting(new ModelGrid(8, 12, 12, 1, "LPS"), 0, 0, 0))
                .register(phantom.procedure("p1").reference(), phantom.image());
        return new Labels(source, "p1", sequence, live(), seen.reference().structures(), AT.plusSeconds(60),
                lastSliceAt, Duration.ofMillis(5),
                Optional.of(new Payload(new Registered(seen.reference(), seen.input(), seen.overlay(), modelTime),
                        new EncodedResult(object, List.of(), Optional.empty(), Optional.empty()), figures)));
    }

    public static Labels plain(Network source, long sequence) {
        return labels(source, sequence, object(), AT, Duration.ofMillis(12), figures(source));
    }

    /** Of the ensemble one structure is judged, one is not. */
    private static ResultFigures figures(Network source) {
        return source == Network.STUDENT
                ? Figures.of(List.of(FakeModel.HEAD, FakeModel.BODY), Map.of())
                : Figures.of(LabelSource.REFINED, List.of(
                        Figures.assessment(FakeModel.HEAD, Optional.of(new Judged(0.91, 0.8, 0.95))),
                        Figures.assessment(FakeModel.BODY,
                                Optional.of(new NotJudged("similarity", Double.NaN, 0.25, 1)))));
    }

    public static CloudEvent pose() {
        return EVENTS.pose(plain(Network.STUDENT, 7), object());
    }

    public static CloudEvent displacement(Network source) {
        return EVENTS.displacement(plain(source, 7), object());
    }

    private static EncodedObject object() {
        return new EncodedObject("2.25.1", "2.25.2", "2.25.8", new byte[]{1, 2});
    }

    public static CloudEvent map() {
        return EVENTS.map(plain(Network.ENSEMBLE, 8), new EncodedMap("label-entropy", object()));
    }

    public static List<CloudEvent> alerts() {
        Alert full = alert(AlertPhase.ACKNOWLEDGED, AlertState.LATCHED,
                Optional.of(new Acknowledgement("Dr Grey", AT, AT.plusSeconds(60))), Optional.of("head"),
                Optional.of(new Measurement(0.75, 0.5, "nat", "fake-1")));
        Alert bare = alert(AlertPhase.CLEARED, AlertState.INACTIVE, Optional.empty(), Optional.empty(),
                Optional.empty());
        return List.of(EVENTS.alert(full), EVENTS.alert(bare));
    }

    private static Alert alert(AlertPhase phase, AlertState state, Optional<Acknowledgement> seen,
            Optional<String> structure, Optional<Measurement> measurement) {
        return new Alert("p1", "abc-1", 1700, 3, AlertCode.LABEL_UNCERTAIN, AlertPriority.MEDIUM, phase, state, seen,
                structure, structure.map(s -> "0123"), measurement, AT, AT, "Look.");
    }

    public static List<CloudEvent> heartbeats() {
        return List.of(
                EVENTS.heartbeat(new Heartbeat("p1", 1700, 4, AT, Optional.of(AT.minusMillis(1250)),
                        new Heartbeat.Queue(20, 1), "cpu", 2, Optional.of(AlertPriority.MEDIUM))),
                EVENTS.heartbeat(new Heartbeat("p1", 1700, 4, AT, Optional.empty(), new Heartbeat.Queue(0, 0), "cpu", 0,
                        Optional.empty())));
    }

    public static List<CloudEvent> noRegistrations() {
        return List.of(
                EVENTS.noRegistration(new NoRegistration("p1", 9, Optional.of("0123"), AT,
                        AlertCode.NO_VALID_REGISTRATION, "MODEL_FAULT", "The network gave up.", AT)),
                EVENTS.noRegistration(new NoRegistration("p1", 9, Optional.empty(), AT, AlertCode.GAP, "gap",
                        "Slices are missing.", AT)));
    }

    static AssembledVolume live() {
        Phantom phantom = new Phantom(2, 4, 4, List.of(FakeModel.HEAD, FakeModel.BODY));
        return new AssembledVolume("0123", new VolumeKey("1.2", "1"), "1.3", "1.4", AT, AT, List.of("1.5", "1.6"),
                phantom.image());
    }
}
