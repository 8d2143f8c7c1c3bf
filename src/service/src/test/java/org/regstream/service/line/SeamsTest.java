package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Result;
import org.regstream.core.memory.Purse;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.wire.ProcedureCodec;

/** What once fell between the parts of a line: partitions, clocks, the end, and a broker that is away or says no. */
class SeamsTest extends LineBench {

    private static final int[] STILL = {0, 0, 0};

    private ProcedureLine line() {
        return line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
    }

    @Test
    void shouldKeepWhatCameFromTheOtherPartitionWhenOneIsRevoked() {
        // given: half of a volume from each
        ProcedureLine line = line();
        offer(line, 1, 0, 4);
        partition = 1;
        offer(line, 2, 0, 4);

        // when
        custody.revoke(List.of(1));
        line.onRevoked(List.of(1));
        partition = 0;
        offer(line, 1, 4, 8);

        // then
        assertThat(sink.labels).hasSize(1);
        assertThat(acknowledged).hasSize(8);
        pass(line, Duration.ofSeconds(10));
        assertThat(codes()).isEmpty();
        assertThat(custody.frames()).isZero();
    }

    @Test
    void shouldMakeTheSameVolumeAgainWhenItsPartitionComesBack() {
        ProcedureLine line = line();
        sink.isDown = true;
        offer(line, 1, 0, 8);
        custody.revoke(List.of(0));
        line.onRevoked(List.of(0));
        sink.comeBack();
        assertThat(acknowledged).isEmpty();

        custody.assign(List.of(0));
        offer(line, 1, 0, 8);

        assertThat(sink.labels).extracting(l -> l.objects().labels().uid()).hasSize(2).containsOnly(
                sink.labels.get(0).objects().labels().uid());
        assertThat(sink.labels).extracting(Labels::sequence).containsExactly(1L, 2L);
        assertThat(acknowledged).hasSize(8);
    }

    @Test
    void shouldNotHoldAFrameWhosePartitionWentWhileItWasOnItsWay() {
        custody.revoke(List.of(0));
        assertThat(custody.take(frame(7), 1)).isFalse();
        assertThat(custody.frames()).isZero();
        assertThat(custody.heldBytes()).isZero();

        custody.assign(List.of(0));
        assertThat(custody.take(frame(7), 1)).isTrue();
    }

    /** Taken into custody, then revoked, and only then offered. */
    @Test
    void shouldNotGatherAFrameThatIsNotHeldAnyMore() {
        ProcedureLine line = line();
        HeldFrame held = frame(0);
        custody.take(held, 1);
        custody.revoke(List.of(0));
        line.onRevoked(List.of(0));

        line.offer(reader.frames(reader.readObject(held.message().getPayload()), START).get(0), held);
        pass(line, Duration.ofSeconds(4));

        assertThat(codes()).isEmpty();
        assertThat(custody.oldest()).isEmpty();
    }

    /** Between look-up and custody the procedure is deleted. */
    @Test
    void shouldGiveBackAFrameThatComesAfterTheEnd() {
        ProcedureLine line = line();
        line.end();

        offer(line, 1, 0, 8);

        assertThat(acknowledged).hasSize(8);
        assertThat(sink.results).isEmpty();
        assertThat(custody.oldest()).isEmpty();
    }

    /** An orderly stop repeats nothing that the broker takes while it lasts. */
    @Test
    void shouldGiveBackWhatTheBrokerTakesAfterTheStop() {
        ProcedureLine line = line();
        sink.isDown = true;
        offer(line, 1, 0, 8);
        offer(line, 2, 0, 3);

        line.leave();
        sink.comeBack();

        assertThat(acknowledged).hasSize(8);
    }

    @Test
    void shouldRegisterOnWhenTheClockIsSetBack() {
        // given
        clock.now = START.plusSeconds(10);
        ProcedureLine line = line();
        offer(line, 1, 0, 8);
        offer(line, 2, 0, 3);

        // when
        clock.now = clock.now.minus(Duration.ofHours(1));
        line.tick();
        offer(line, 3, 0, 8);

        // then
        assertThat(sink.labels).hasSize(2);
        pass(line, Duration.ofSeconds(4));
        assertThat(codes()).as("the second stayed unfinished").contains(AlertCode.GAP);
        assertThat(custody.frames()).isZero();
    }

    /** An hour without a broker, and six conditions: what is told then is what holds then. */
    @Test
    void shouldTellTheNewestOfEachAlertAfterAnOutage() {
        // given
        ProcedureLine line = line();
        sink.isDown = true;
        for (int volume = 1; volume <= 60; volume++) {
            offer(line, volume, 0, 5);
            for (Instant end = clock.now.plusSeconds(60); clock.now.isBefore(end);) {
                clock.now = clock.now.plusMillis(500);
                line.tick();
            }
        }

        // when
        while (!sink.waiting.isEmpty()) {
            sink.comeBack();
        }

        // then
        assertThat(sink.alerts).hasSizeLessThan(10);
        assertThat(line.openAlerts()).extracting(Alert::code).containsExactlyInAnyOrder(AlertCode.GAP,
                AlertCode.STALE);
        for (Alert open : line.openAlerts()) {
            assertThat(sink.alerts).filteredOn(a -> a.alertId().equals(open.alertId())).last()
                    .satisfies(told -> assertThat(told.sequence()).isEqualTo(open.sequence()));
        }
        assertThat(sink.alerts).as("asked for attention").extracting(Alert::phase).contains(AlertPhase.RAISED);
        assertThat(sink.alerts).extracting(Alert::sequence).isSorted();
        assertThat(custody.frames()).isZero();
    }

    /** Closed, or an alert that cannot be written: the next is told nevertheless. */
    @Test
    void shouldTellTheNextAlertWhenOneFailsBeforeItIsSent() {
        ProcedureLine line = line();
        sink.throwing = new IllegalStateException("closed");
        offer(line, 1, 0, 5);
        pass(line, Duration.ofSeconds(4));
        assertThat(codes()).isEmpty();

        sink.throwing = null;
        clock.now = clock.now.plusSeconds(60);
        line.tick();

        assertThat(codes()).contains(AlertCode.GAP);
        assertThat(acknowledged).hasSize(5);
    }

    /** Half a volume of somebody else's lies between, and is done before. */
    @Test
    void shouldAcknowledgeWhatWaitedForAFrameThatIsRefused() {
        HeldFrame bad = frame(0);
        custody.take(bad, 1);
        HeldFrame good = frame(1);
        custody.take(good, 1);
        custody.settle(List.of(good));
        assertThat(custody.frames()).isEqualTo(2);

        custody.refuse(bad, new IllegalStateException("no"));

        assertThat(custody.frames()).isZero();
        assertThat(custody.heldBytes()).isZero();
    }

    /** A zone that is not the scanner's: every image is an hour old when it comes. */
    @Test
    void shouldTellThatImagesAreDatedAnHourBeforeTheyCome() {
        ProcedureLine line = line();
        sentAt = START.plus(Duration.ofHours(1)).plusSeconds(1);
        clock.now = sentAt;

        offer(line, 1, 0, 8);

        assertThat(sink.alerts).filteredOn(a -> a.code() == AlertCode.CLOCKS_DISAGREE).singleElement()
                .satisfies(a -> assertThat(a.sentence()).contains("1 h 0 min", "time zone"));
        assertThat(sink.labels).hasSize(1);
    }

    @Test
    void shouldSayThatThereIsNothingValidWhenTheBrokerWillNeverTakeTheLabels() {
        // given
        List<Result> shown = new ArrayList<>();
        listener = new ResultsOnly(shown);
        sink.refusing = new RecordTooLargeException("1.8 MB");
        ProcedureLine line = line();

        // when
        offer(line, 1, 0, 8);

        // then
        assertThat(sink.none).extracting(NoRegistration::rule).containsExactly("not-published");
        assertThat(shown).extracting(Result::sequence).containsExactly(1L, 2L);
        assertThat(shown.get(1)).isInstanceOf(NoRegistration.class);
        assertThat(codes()).containsExactly(AlertCode.NO_VALID_REGISTRATION);
        assertThat(acknowledged).hasSize(8);
    }

    /** Student, student, ensemble: in the order of their numbers, whoever is ready first. */
    @Test
    void shouldPublishInTheOrderOfItsNumbers() {
        // given
        Deque<Runnable> assessments = new ArrayDeque<>();
        FakeModel student = FakeModel.shifting(GRID, 0, 0, 0);
        ProcedureLine line = line(student, FakeModel.ensemble(GRID, STILL, STILL), dicom(student), assessments::add);
        sink.isDown = true;

        // when
        offer(line, 1, 0, 8);
        assessments.remove().run();
        offer(line, 2, 0, 8);
        assertThat(sink.results).as("one at a time").hasSize(1);
        while (!sink.waiting.isEmpty()) {
            sink.comeBack();
        }

        // then
        assertThat(sink.results).extracting(Result::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldGoOnWithItsNumbersWhenAProcedureIsReplacedOrComesAgain() {
        // given
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.failing(GRID, "no")), 4, Purse.unbounded());
        desk.apply("p1", ProcedureCodec.encode(procedure), Instant.EPOCH);
        offer(desk.line("p1").orElseThrow(), 1, 0, 8);

        // when
        desk.apply("p1", null, Instant.EPOCH);
        desk.apply("p1", ProcedureCodec.encode(procedure), Instant.EPOCH);
        offer(desk.line("p1").orElseThrow(), 2, 0, 8);

        // then
        assertThat(sink.none).extracting(NoRegistration::sequence).containsExactly(1L, 2L);
    }

    private HeldFrame frame(long offset) {
        byte[] slice = phantom.series("2.25.5", 1, START).get(0);
        DicomObject dicom = reader.readObject(slice);
        return new HeldFrame(Message.of(slice), 0, offset, START, dicom.withoutPixelData(), 0);
    }

    private record ResultsOnly(List<Result> results) implements ResultListener {
        @Override
        public void onResult(Result result) {
            results.add(result);
        }

        @Override
        public void onAlert(Alert alert) {}

        @Override
        public void onHeartbeat(Heartbeat beat) {}

        @Override
        public void onClockSetBack(String procedureId, Duration step) {}

        @Override
        public void onEnd(String procedureId) {}
    }
}
