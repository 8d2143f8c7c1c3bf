package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.Result;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.testkit.FakeModel;

/** Who tells of a procedure, what a successor knows, and the heartbeat. */
class AlertTellingTest extends LineBench {

    private static final Duration TICK = Duration.ofMillis(100);

    private ProcedureLine line;

    @BeforeEach
    void begin() {
        line = line();
    }

    private ProcedureLine line() {
        return line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
    }

    /** As the service does it. */
    private void pass(Duration time) {
        for (Instant end = clock.now.plus(time); clock.now.isBefore(end);) {
            clock.now = clock.now.plus(TICK);
            line.tick();
        }
    }

    /** Five of eight slices, and then nothing. */
    private void gap() {
        gapOfVolume(1);
    }

    private void gapOfVolume(int number) {
        offer(line, number, 0, 5);
        pass(Duration.ofSeconds(4));
    }

    /** The age budget of the phantom's procedure is 10 min; the result is of the start. */
    @Test
    void shouldTellWithinASecondOfItsBudgetThatAResultIsStale() {
        // given
        offer(line, 1, 0, 8);
        pass(Duration.ofMinutes(10));
        assertThat(codes()).isEmpty();

        // when
        pass(Duration.ofSeconds(1));

        // then
        Alert stale = sink.alerts.get(0);
        assertThat(stale.code()).isEqualTo(AlertCode.STALE);
        assertThat(stale.at()).isBetween(START.plus(Duration.ofMinutes(10)), START.plus(Duration.ofSeconds(601)));
    }

    @Test
    void shouldBeatEverySecondWithItsStateAndNumbersWithoutGaps() {
        // when
        offer(line, 1, 0, 8);
        offer(line, 2, 0, 3);
        pass(Duration.ofSeconds(10));

        // then
        assertThat(sink.beats).hasSizeBetween(10, 11);
        for (int n = 0; n < sink.beats.size(); n++) {
            assertThat(sink.beats.get(n).sequence()).isEqualTo(n + 1L);
        }
        Heartbeat first = sink.beats.get(0);
        assertThat(first.newestResult()).contains(START);
        assertThat(first.queue()).isEqualTo(new Heartbeat.Queue(3, 0));
        assertThat(first.provider()).isEqualTo("cpu");
        assertThat(first.alerts()).isZero();
        Heartbeat last = sink.beats.get(sink.beats.size() - 1);
        assertThat(last.alerts()).as("the second volume stayed unfinished").isEqualTo(1);
        assertThat(last.worst()).contains(AlertPriority.MEDIUM);
        assertThat(last.epoch()).isEqualTo(first.epoch());
    }

    /** A result that is none has a place among the labels, and says why. */
    @Test
    void shouldPublishThatThereIsNoValidRegistrationInOneRowWithLabels() {
        // given
        offer(line, 1, 0, 8);
        ProcedureLine failing = line(FakeModel.failing(GRID, "the network gave up"), 8 << 20);

        // when
        offer(failing, 2, 0, 8);
        offer(line, 3, 0, 1);
        pass(Duration.ofSeconds(4));

        // then
        assertThat(sink.labels).extracting(Labels::sequence).containsExactly(1L);
        NoRegistration rejected = sink.none.get(0);
        assertThat(rejected.sequence()).as("of a line of its own").isEqualTo(1);
        assertThat(rejected.rule()).isEqualTo("MODEL_FAULT");
        assertThat(rejected.reason()).contains("the network gave up");
        assertThat(rejected.volumeId()).isPresent();
        NoRegistration refused = sink.none.get(1);
        assertThat(refused.sequence()).isEqualTo(2);
        assertThat(refused.code()).isEqualTo(AlertCode.GAP);
        assertThat(refused.volumeId()).isEmpty();
    }

    @Test
    void shouldGoOnAfterAKillWithNumbersStateAndAcknowledgement() {
        // given
        gap();
        Alert raised = sink.alerts.get(0);
        line.acknowledge(raised.alertId(), "Dr Grey", Duration.ofMinutes(5));
        Alert last = sink.alerts.get(sink.alerts.size() - 1);
        sink.alerts.clear();

        // when: another run, which was told nothing
        runId = "run-2";
        clock.now = clock.now.plusSeconds(20);
        line = line();
        assertThat(line.openAlerts()).as("known before it tells").extracting(Alert::alertId)
                .containsExactly(raised.alertId());
        pass(Duration.ofSeconds(1));

        // then
        Alert next = sink.alerts.get(0);
        assertThat(next.alertId()).isEqualTo(raised.alertId());
        assertThat(next.phase()).isEqualTo(AlertPhase.CONTINUED);
        assertThat(next.sequence()).isEqualTo(last.sequence() + 1);
        assertThat(next.epoch()).isGreaterThan(last.epoch());
        assertThat(next.since()).isEqualTo(raised.since());
        assertThat(next.acknowledgement().orElseThrow().by()).isEqualTo("Dr Grey");
    }

    @Test
    void shouldBeSilentWhileAnotherInstanceTells() {
        // given
        states.take(true);

        // when / then
        pass(Duration.ofSeconds(3));
        assertThat(sink.beats).isEmpty();
        assertThat(line.toldAlerts()).isEmpty();
        states.take(false);
        pass(Duration.ofSeconds(1));
        assertThat(sink.beats).isNotEmpty();
    }

    @Test
    void shouldTellOnceLiveImagesComeToIt() {
        // given
        states.take(true);

        // when
        offer(line, 1, 0, 1);
        line.tick();

        // then
        assertThat(sink.beats).hasSize(1);
    }

    @Test
    void shouldFallSilentWhenAnotherInstanceHasTakenOver() {
        // given
        gap();
        long told = sink.alerts.size();
        StoredAlerts own = states.newest("p1");

        // when
        states.put("p1", new StoredAlerts(Optional.of("run-9"), own.digest(), own.memory().takenOver(clock.now)));
        states.take(true);
        pass(Duration.ofSeconds(30));

        // then
        assertThat(sink.alerts).hasSize((int) told);
        assertThat(line.openAlerts()).as("still known").hasSize(1);
        assertThat(line.toldAlerts()).isEmpty();
    }

    @Test
    void shouldTakeOverWhatItIsAskedToAcknowledge() {
        // given
        gap();
        StoredAlerts own = states.newest("p1");
        states.put("p1", new StoredAlerts(Optional.of("run-9"), own.digest(), own.memory().takenOver(clock.now)));
        states.take(true);
        line.tick();
        sink.alerts.clear();

        // when
        Optional<Alert> seen = line.acknowledge(line.openAlerts().get(0).alertId(), "Dr Grey", Duration.ofMinutes(1))
                .toCompletableFuture().join();

        // then
        assertThat(seen.orElseThrow().acknowledgement()).isPresent();
        assertThat(sink.alerts).extracting(Alert::phase).containsExactly(AlertPhase.ACKNOWLEDGED);
        assertThat(seen.orElseThrow().epoch()).isGreaterThan(own.memory().epoch() + 1);
    }

    @Test
    void shouldNotTakeAlertsOfAnotherProcedureUnderTheSameIdForItsOwn() {
        // given
        gap();
        StoredAlerts own = states.newest("p1");
        states.put("p1", new StoredAlerts(Optional.empty(), "another", own.memory()));

        // when
        ProcedureLine successor = line();

        // then
        assertThat(successor.openAlerts()).isEmpty();
        successor.tick();
        assertThat(states.newest("p1").memory().sequence()).as("numbers go on").isEqualTo(own.memory().sequence());
    }

    @Test
    void shouldLetGoWhenItLeavesAndForgetWhenTheProcedureEnds() {
        // given
        gap();

        // when / then
        line.leave();
        assertThat(states.newest("p1").writer()).isEmpty();
        assertThat(states.newest("p1").memory().open()).hasSize(1);
        line = line();
        line.tick();
        line.end();
        assertThat(states.newest("p1")).isEqualTo(StoredAlerts.NONE);
        assertThat(sink.alerts.get(sink.alerts.size() - 1).state()).isEqualTo(AlertState.INACTIVE);
    }

    /** Frames whose alert was not told must not count as done. */
    @Test
    void shouldNotAcknowledgeFramesOfAVolumeThatIsRefusedAfterItLeft() {
        // given
        offer(line, 1, 0, 5);
        line.leave();

        // when
        pass(Duration.ofSeconds(4));

        // then
        assertThat(codes()).isEmpty();
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void shouldMissADisplayThatStopsAndEndWhenItReturns() {
        // given
        pass(Duration.ofSeconds(1));
        line.onReceipt(receipt(false));
        pass(Duration.ofSeconds(10));
        assertThat(codes()).isEmpty();

        // when / then
        pass(Duration.ofSeconds(3));
        assertThat(sink.alerts).extracting(Alert::code).containsOnly(AlertCode.RECEIPTS_MISSING);
        line.onReceipt(receipt(false));
        assertThat(line.openAlerts()).isEmpty();
        line.onReceipt(receipt(true));
        pass(Duration.ofSeconds(60));
        assertThat(line.openAlerts()).isEmpty();
    }

    /** An hour: told as often as before, and the result gets stale 10 min after it was made. */
    @Test
    void shouldNotBeSilentWhenTheClockIsSetBack() {
        // given
        offer(line, 1, 0, 8);
        gapOfVolume(2);
        pass(Duration.ofMinutes(9));
        line.acknowledge(line.openAlerts().get(0).alertId(), "Dr Grey", Duration.ofMinutes(5));
        clock.now = clock.now.minus(Duration.ofHours(1));
        sink.alerts.clear();
        sink.beats.clear();

        // when
        pass(Duration.ofSeconds(50));

        // then
        assertThat(sink.alerts).hasSizeGreaterThanOrEqualTo(9).extracting(Alert::code).containsOnly(AlertCode.GAP);
        assertThat(sink.beats).hasSizeBetween(50, 51);
        pass(Duration.ofSeconds(10));
        assertThat(codes()).contains(AlertCode.STALE);
        pass(Duration.ofMinutes(4).plusSeconds(1));
        assertThat(sink.alerts).filteredOn(a -> a.code() == AlertCode.GAP).last()
                .matches(a -> a.acknowledgement().isEmpty(), "asks for attention again after its five minutes");
    }

    private static Receipt receipt(boolean isClosed) {
        return new Receipt("p1", "wall", isClosed, Optional.of("2.25.8"), START);
    }

    @Test
    void shouldTellListenersOfWhatItTells() {
        // given
        List<Heartbeat> beats = new ArrayList<>();
        List<Alert> alerts = new ArrayList<>();
        listener = new ResultListeners(List.of(ResultListener.NOBODY, new AlertsOnly(alerts, beats)));
        line = line();

        // when
        gap();

        // then
        assertThat(alerts).isEqualTo(sink.alerts).isNotEmpty();
        assertThat(beats).isEqualTo(sink.beats).isNotEmpty();
    }

    private record AlertsOnly(List<Alert> alerts, List<Heartbeat> beats) implements ResultListener {
        @Override
        public void onResult(Result result) {}

        @Override
        public void onAlert(Alert alert) {
            alerts.add(alert);
        }

        @Override
        public void onHeartbeat(Heartbeat beat) {
            beats.add(beat);
        }

        @Override
        public void onClockSetBack(String procedureId, Duration step) {}

        @Override
        public void onEnd(String procedureId) {}
    }
}
