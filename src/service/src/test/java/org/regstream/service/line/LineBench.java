package org.regstream.service.line;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPace;
import org.regstream.core.alert.ReceiptRule;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.line.EncodedMap;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Result;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.pipeline.AssessmentPipeline;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.Laterality;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.publish.DicomResultEncoder;
import org.regstream.service.testing.HandClock;
import org.regstream.service.testing.InMemoryAlertStates;
import org.regstream.wire.PatientCheck;

/** A line between a scanner and a broker that the test holds in its hand. */
abstract class LineBench {

    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration TICK = Duration.ofMillis(100);
    static final ModelGrid GRID = new ModelGrid(8, 12, 12, 1, "LPS");

    final Phantom phantom = new Phantom(8, 12, 12, List.of(FakeModel.HEAD, FakeModel.BODY));
    final FrameReader reader = FrameReader.withDefaults();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final StubSink sink = new StubSink();
    final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
    final HandClock clock = new HandClock(START);
    final Custody custody = new Custody(new HeldBytes(1 << 26), this::uptime);
    Procedure procedure = phantom.procedure("p1");
    final InMemoryAlertStates states = new InMemoryAlertStates();
    AlertPace pace = AlertPace.DEFAULT;
    ReceiptRule receipts = ReceiptRule.DEFAULT;
    String runId = "run-1";
    ResultListener listener = ResultListener.NOBODY;
    EventRecorder.Maker recorders = EventRecorder.Maker.NOBODY;
    /** Of the pre-operative image. */
    Laterality side = Laterality.UNTOLD;
    /** Of the pre-operative image. */
    PatientCheck patient = PatientCheck.NONE;
    /** Patient ID that the scanner writes, empty for none. */
    String scannedPatient = "";
    /** What the scanner writes as Laterality, empty for nothing. */
    String scannedSide = "";
    /** That frames come from. */
    int partition;
    /** Time stamp of their records. */
    Instant sentAt = START;
    /** Work through mailboxes, and ask the student; else whoever posts does. */
    Executor lines = Runnable::run;
    Executor registrations = Runnable::run;
    private final AtomicLong offset = new AtomicLong();

    final ProcedureLine line(RegistrationModel model, long maxObjectBytes) {
        return line(model, maxObjectBytes, dicom(model));
    }

    final ProcedureLine line(RegistrationModel model, long maxObjectBytes, ResultEncoder encoder) {
        return line(services(model, maxObjectBytes, encoder, Optional.empty(), Runnable::run));
    }

    /** With an ensemble whose assessments run on the given thread. */
    final ProcedureLine line(RegistrationModel model, RegistrationModel ensemble, ResultEncoder encoder,
            Executor assessments) {
        return line(services(model, 8 << 20, encoder, Optional.of(new AssessmentPipeline(ensemble)), assessments));
    }

    private ProcedureLine line(LineServices services) {
        return new ProcedureLine(new KnownProcedure(procedure, "00", side, patient), services, 0);
    }

    static ResultEncoder dicom(RegistrationModel model) {
        return new DicomResultEncoder(model.manifest(), SegmentationType.BINARY);
    }

    final LineServices services(RegistrationModel model) {
        return services(model, 8 << 20, dicom(model), Optional.empty(), Runnable::run);
    }

    /** Of lines that give back to another custody. */
    final LineServices services(RegistrationModel model, Custody other) {
        LineServices own = services(model);
        return new LineServices(own.assembly(), own.pipeline(), own.assessment(), own.encoder(), own.sink(),
                own.listener(), own.alerts(), other, own.metrics(), own.threads(), own.clock(), own.uptime(),
                own.maxObjectBytes(), own.recorders());
    }

    private LineServices services(RegistrationModel model, long maxObjectBytes, ResultEncoder encoder,
            Optional<AssessmentPipeline> assessment, Executor assessments) {
        return new LineServices(AssemblyPolicy.DEFAULT, new RegistrationPipeline(model), assessment, encoder, sink,
                listener, new AlertServices(pace, receipts, states, runId, "cpu"), custody,
                new MicrometerMetrics(registry), new LineServices.Threads(lines, registrations, assessments),
                clock, this::uptime, maxObjectBytes, recorders);
    }

    /** As the ticker tells a line. */
    final void pass(ProcedureLine line, Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(TICK)) {
            clock.now = clock.now.plus(left.compareTo(TICK) < 0 ? left : TICK);
            line.tick();
        }
    }

    private Duration uptime() {
        return Duration.ofMillis(clock.instant().toEpochMilli());
    }

    final void offer(ProcedureLine line, int volume, int from, int to) {
        for (byte[] slice : phantom.series("2.25.5", volume, START).subList(from, to)) {
            DicomObject dicom = reader.readObject(slice);
            for (Frame frame : reader.frames(dicom, START)) {
                HeldFrame held = held(slice, DicomObject.builder().all(dicom.withoutPixelData())
                        .text(Tag.LATERALITY, scannedSide).text(Tag.PATIENT_ID, scannedPatient).build());
                custody.take(held, 1);
                line.offer(frame, held);
            }
        }
    }

    private HeldFrame held(byte[] value, DicomObject header) {
        long at = offset.getAndIncrement();
        return new HeldFrame(Message.of(value, () -> {
            acknowledged.add(at);
            return CompletableFuture.completedStage(null);
        }), partition, at, sentAt, header, 0);
    }

    final List<AlertCode> codes() {
        return sink.alerts.stream().map(Alert::code).toList();
    }

    /** A broker that takes everything, or nothing until it comes back. */
    static final class StubSink implements ResultSink {
        final List<Labels> labels = new CopyOnWriteArrayList<>();
        final List<NoRegistration> none = new CopyOnWriteArrayList<>();
        final List<Result> results = new CopyOnWriteArrayList<>();
        final List<Alert> alerts = new CopyOnWriteArrayList<>();
        final List<Heartbeat> beats = new CopyOnWriteArrayList<>();
        final List<CompletableFuture<Void>> waiting = new ArrayList<>();
        boolean isDown;
        /** Why labels are never taken, null if they are. */
        RuntimeException refusing;
        /** Of alerts, before they are sent; null if they are. */
        RuntimeException throwing;

        /** Of all labels. */
        List<EncodedMap> maps() {
            return labels.stream().flatMap(l -> l.objects().maps().stream()).toList();
        }

        /** Of all labels. */
        List<EncodedObject> fields() {
            return labels.stream().flatMap(l -> l.objects().displacement().stream()).toList();
        }

        @Override
        public Sent publish(Result result) {
            if (refusing != null && result instanceof Labels) {
                return Sent.failed(refusing);
            }
            results.add(result);
            if (result instanceof Labels shown) {
                labels.add(shown);
            } else if (result instanceof NoRegistration nothing) {
                none.add(nothing);
            }
            return Sent.of(answer());
        }

        @Override
        public CompletionStage<Void> publish(Alert alert) {
            if (throwing != null) {
                throw throwing;
            }
            alerts.add(alert);
            return answer();
        }

        @Override
        public void publish(Heartbeat beat) {
            beats.add(beat);
        }

        private CompletionStage<Void> answer() {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            if (isDown) {
                waiting.add(answer);
            } else {
                answer.complete(null);
            }
            return answer;
        }

        void comeBack() {
            isDown = false;
            List<CompletableFuture<Void>> answers = List.copyOf(waiting);
            waiting.clear();
            answers.forEach(w -> w.complete(null));
        }
    }
}
