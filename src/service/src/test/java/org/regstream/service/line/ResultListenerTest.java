package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Result;
import org.regstream.core.testkit.FakeModel;

/** Who listens beside the broker. Assessments wait until the test lets them run. */
class ResultListenerTest extends LineBench {

    private final List<String> told = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @BeforeEach
    void listen() {
        listener = new ResultListener() {
            @Override
            public void onResult(Result result) {
                told.add(result instanceof Labels labels
                        ? labels.network().word() + " " + labels.sequence() + " of " + labels.procedureId() + " at "
                                + labels.acquiredAt()
                        : "nothing valid");
            }

            @Override
            public void onHeartbeat(Heartbeat beat) {}

            @Override
            public void onAlert(Alert alert) {
                told.add("alert " + alert.code());
            }

            @Override
            public void onClockSetBack(String procedureId, Duration step) {}

            @Override
            public void onEnd(String procedureId) {
                told.add("end of " + procedureId);
            }
        };
    }

    @Test
    void shouldBeToldWhileTheBrokerIsDown() {
        // given
        ProcedureLine line = ensembleLine();
        sink.isDown = true;

        // when
        offer(line, 1, 0, 8);
        waiting.remove().run();

        // then
        Instant acquired = sink.labels.get(0).live().acquiredAt();
        assertThat(told).containsExactly("student 1 of p1 at " + acquired, "ensemble 2 of p1 at " + acquired);
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void shouldBeToldOfAlertsAndThatThereIsNothingValid() {
        ProcedureLine line = line(FakeModel.failing(GRID, "the network gave up"), 8 << 20);

        offer(line, 1, 0, 8);

        assertThat(told).containsExactly("nothing valid", "alert NO_VALID_REGISTRATION");
    }

    @Test
    void shouldBeToldNothingAfterTheEnd() {
        // given: an assessment that is under way when the procedure ends
        ProcedureLine line = ensembleLine();
        offer(line, 1, 0, 8);
        Runnable assessment = waiting.remove();

        // when
        line.leave();
        assessment.run();
        offer(line, 2, 0, 8);

        // then
        assertThat(told).hasSize(2).last().isEqualTo("end of p1");
        assertThat(sink.labels).as("nor does the broker get anything").hasSize(1);
    }

    private ProcedureLine ensembleLine() {
        int[] still = {0, 0, 0};
        return line(FakeModel.shifting(GRID, 0, 0, 0), FakeModel.ensemble(GRID, still, still),
                dicom(FakeModel.shifting(GRID, 0, 0, 0)), waiting::add);
    }
}
