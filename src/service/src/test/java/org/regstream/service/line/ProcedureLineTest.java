package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.testkit.FakeModel;

class ProcedureLineTest extends LineBench {

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
        assertThat(sink.alerts).extracting(Alert::phase).containsExactly(AlertPhase.RAISED, AlertPhase.UPDATED);
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
        assertThat(line.openAlerts()).hasSize(2);
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
}
