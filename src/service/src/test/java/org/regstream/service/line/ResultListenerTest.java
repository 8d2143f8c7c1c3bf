package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.publish.AssessmentObjects;

/** Who listens beside the broker. Assessments wait until the test lets them run. */
class ResultListenerTest extends LineBench {

    private final List<String> told = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @BeforeEach
    void listen() {
        listener = new ResultListener() {
            @Override
            public void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {
                told.add("labels " + result.sequence() + " of " + known.id() + " at " + result.live().acquiredAt());
            }

            @Override
            public void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {
                told.add("assessed " + result.sequence());
            }

            @Override
            public void onAlert(Alert alert) {
                told.add("alert " + alert.code());
            }

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
        assertThat(told).containsExactly("labels 1 of p1 at " + acquired, "assessed 2");
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void shouldBeToldOfAlertsButNotOfLabelsThatAreNone() {
        ProcedureLine line = line(FakeModel.failing(GRID, "the network gave up"), 8 << 20);

        offer(line, 1, 0, 8);

        assertThat(told).containsExactly("alert NO_VALID_REGISTRATION");
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
        assertThat(sink.labels).as("the broker gets what it always got").hasSize(3);
    }

    private ProcedureLine ensembleLine() {
        int[] still = {0, 0, 0};
        return line(FakeModel.shifting(GRID, 0, 0, 0), FakeModel.ensemble(GRID, still, still),
                new AssessmentObjects(FakeModel.manifest(GRID), SegmentationType.BINARY), waiting::add);
    }
}
