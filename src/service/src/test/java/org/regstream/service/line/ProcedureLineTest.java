package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.publish.SegmentationEncoder;
import org.regstream.service.testing.Phantom;

class ProcedureLineTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final ModelGrid GRID = new ModelGrid(8, 12, 12, 1, "LPS");

    private final Phantom phantom = new Phantom(8, 12, 12, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final FrameReader reader = FrameReader.withDefaults();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StubSink sink = new StubSink();
    private final List<Long> acknowledged = new ArrayList<>();
    private final HandClock clock = new HandClock();
    private final Custody custody = new Custody(new HeldBytes(1 << 26), clock);
    private long offset;

    @Test
    void shouldAcknowledgeNothingUntilTheBrokerHasTheLabels() {
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
        sink.isDown = true;

        offer(line, 1, 0, 8);
        assertThat(sink.labels).hasSize(1);
        assertThat(acknowledged).isEmpty();
        clock.now = START.plusSeconds(40);
        assertThat(custody.oldest()).contains(Duration.ofSeconds(40));

        sink.comeBack();
        assertThat(acknowledged).hasSize(8);
        assertThat(custody.frames()).isZero();
        assertThat(custody.heldBytes()).isZero();
    }

    @Test
    void shouldAcknowledgeARefusedVolumeOnlyAfterItsAlert() {
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
        sink.isDown = true;
        offer(line, 1, 0, 7);

        clock.now = START.plusSeconds(4);
        line.tick();
        assertThat(codes()).containsExactly(AlertCode.GAP);
        assertThat(acknowledged).isEmpty();

        sink.comeBack();
        assertThat(acknowledged).hasSize(7);
        assertThat(sink.labels).isEmpty();
    }

    @Test
    void shouldTellNothingOfAnUnfinishedVolumeWhosePartitionWentElsewhere() {
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
        offer(line, 1, 0, 5);

        custody.revoke(List.of(0));
        clock.now = START.plusSeconds(4);
        line.tick();

        assertThat(sink.alerts).isEmpty();
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void shouldPublishNoLabelsButTheReasonWhenTheNetworkFails() {
        ProcedureLine line = line(FakeModel.failing(GRID, "the network gave up"), 8 << 20);

        offer(line, 1, 0, 8);

        assertThat(sink.labels).isEmpty();
        assertThat(codes()).containsExactly(AlertCode.NO_VALID_REGISTRATION);
        assertThat(sink.alerts.get(0).sentence()).contains("the network gave up");
        assertThat(acknowledged).hasSize(8);
        assertThat(registry.counter("regstream.volumes.refused", "rule", "MODEL_FAULT").count()).isEqualTo(1);
    }

    @Test
    void shouldFailTheVolumeAndKeepTheProcedureWhenThereIsABug() {
        LabelsEncoder broken = (known, live, registered) -> {
            throw new IllegalStateException("bug");
        };
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20, broken);

        offer(line, 1, 0, 8);
        offer(line, 2, 0, 8);

        assertThat(codes()).containsExactly(AlertCode.NO_VALID_REGISTRATION, AlertCode.NO_VALID_REGISTRATION);
        assertThat(sink.alerts).extracting(Alert::phase).containsExactly(AlertPhase.RAISED, AlertPhase.CONTINUED);
        assertThat(acknowledged).hasSize(16);
    }

    @Test
    void shouldRefuseAValueThatTheTopicWouldNotTake() {
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 100);

        offer(line, 1, 0, 8);

        assertThat(sink.labels).isEmpty();
        assertThat(codes()).containsExactly(AlertCode.NO_VALID_REGISTRATION);
        assertThat(sink.alerts.get(0).sentence()).contains("at most 100 are published");
    }

    @Test
    void shouldRaiseStaleWhenLiveImagesComeAndNoResultDoes() {
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
        offer(line, 1, 0, 3);

        clock.now = START.plus(Duration.ofMinutes(10)).plusSeconds(1);
        line.tick();

        assertThat(codes()).contains(AlertCode.STALE);
        assertThat(line.openAlerts()).isEqualTo(2);
    }

    @Test
    void shouldClearItsAlertsAndGiveBackItsFramesWhenItEnds() {
        ProcedureLine line = line(FakeModel.failing(GRID, "no"), 8 << 20);
        offer(line, 1, 0, 8);
        offer(line, 2, 0, 3);

        line.end();

        assertThat(acknowledged).hasSize(11);
        assertThat(sink.alerts).last().extracting(Alert::phase).isEqualTo(AlertPhase.CLEARED);
    }

    private ProcedureLine line(RegistrationModel model, long maxValueBytes) {
        return line(model, maxValueBytes, new SegmentationEncoder(model.manifest()));
    }

    private ProcedureLine line(RegistrationModel model, long maxValueBytes, LabelsEncoder encoder) {
        LineServices services = new LineServices(AssemblyPolicy.DEFAULT, new RegistrationPipeline(model), encoder, sink,
                custody, new MicrometerMetrics(registry), Runnable::run, clock, maxValueBytes);
        return new ProcedureLine(new KnownProcedure(phantom.procedure("p1"), "00"), services);
    }

    private void offer(ProcedureLine line, int volume, int from, int to) {
        for (byte[] slice : phantom.series("2.25.5", volume, START).subList(from, to)) {
            DicomObject dicom = reader.readObject(slice);
            for (Frame frame : reader.frames(dicom, START)) {
                HeldFrame held = held(slice, dicom.withoutPixelData());
                custody.take(held, 1);
                line.offer(frame, held);
            }
        }
    }

    private HeldFrame held(byte[] value, DicomObject header) {
        long at = offset++;
        return new HeldFrame(Message.of(value, () -> {
            acknowledged.add(at);
            return CompletableFuture.completedStage(null);
        }), 0, at, START, header);
    }

    private List<AlertCode> codes() {
        return sink.alerts.stream().map(Alert::code).toList();
    }

    /** A broker that takes everything, or nothing until it comes back. */
    private static final class StubSink implements ResultSink {
        private final List<LabelsResult> labels = new ArrayList<>();
        private final List<Alert> alerts = new ArrayList<>();
        private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
        private boolean isDown;

        @Override
        public CompletionStage<Void> publish(LabelsResult result) {
            labels.add(result);
            return answer();
        }

        @Override
        public CompletionStage<Void> publish(Alert alert) {
            alerts.add(alert);
            return answer();
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
            waiting.forEach(w -> w.complete(null));
        }
    }

    private static final class HandClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
