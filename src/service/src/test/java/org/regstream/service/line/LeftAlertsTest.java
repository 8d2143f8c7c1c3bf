package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.memory.Purse;
import org.regstream.core.testkit.FakeModel;
import org.regstream.service.procedure.LeftAlerts;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.testing.InMemoryProcedureStore;
import org.regstream.wire.ProcedureCodec;

/** A procedure ends while whoever told of its alerts lies dead. */
class LeftAlertsTest extends LineBench {

    private final FakeModel model = FakeModel.shifting(GRID, 0, 0, 0);
    private Alert raised;
    private ProcedureDesk desk;

    /** A gap is told by a run that is killed then; the next begins without the procedure. */
    @BeforeEach
    void raise() {
        ProcedureLine line = line(model, 8 << 20);
        offer(line, 1, 0, 5);
        pass(line, Duration.ofSeconds(4));
        raised = sink.alerts.get(0);
        sink.alerts.clear();
        runId = "run-2";
        desk = new ProcedureDesk(services(model), 4, Purse.unbounded());
    }

    @Test
    void shouldEndThemOnceTheLeaseHasRunOut() {
        LeftAlerts left = new LeftAlerts(services(model), desk, new InMemoryProcedureStore(desk));
        states.take(true);
        left.tick();
        assertThat(sink.alerts).isEmpty();

        states.take(false);
        left.tick();

        assertThat(sink.alerts).singleElement().satisfies(end -> {
            assertThat(end.alertId()).isEqualTo(raised.alertId());
            assertThat(end.phase()).isEqualTo(AlertPhase.CLEARED);
            assertThat(end.epoch()).isGreaterThan(raised.epoch());
            assertThat(end.sequence()).isGreaterThan(raised.sequence());
        });
        assertThat(states.newest("p1")).isEqualTo(StoredAlerts.NONE);
    }

    /** They are kept until the broker has their end. */
    @Test
    void shouldForgetThemOnlyWhenTheirEndIsTold() {
        LeftAlerts left = new LeftAlerts(services(model), desk, new InMemoryProcedureStore(desk));
        sink.isDown = true;

        left.tick();
        left.tick();

        assertThat(sink.waiting).as("told once").hasSize(1);
        assertThat(states.newest("p1")).isNotEqualTo(StoredAlerts.NONE);
    }

    /** Whose record this instance has not read yet, although it knows of its alerts already. */
    @Test
    void shouldLeaveAProcedureAloneThatHasJustBegun() {
        new LeftAlerts(services(model), desk, new InMemoryProcedureStore(desk) {
            @Override
            public CompletionStage<Void> catchUp() {
                return put("p1", ProcedureCodec.encode(procedure));
            }
        }).tick();

        assertThat(sink.alerts).isEmpty();
        assertThat(states.newest("p1")).isNotEqualTo(StoredAlerts.NONE);
    }
}
