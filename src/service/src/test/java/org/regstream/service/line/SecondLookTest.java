package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.line.EncodedMap;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Network;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.publish.DicomResultEncoder;

/** Registrations run at once; assessments wait until the test lets them run. */
class SecondLookTest extends LineBench {

    private static final int[] STILL = {0, 0, 0};
    private static final ResultEncoder OBJECTS = new DicomResultEncoder(FakeModel.manifest(GRID),
            SegmentationType.BINARY);

    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private void assessOnce() {
        waiting.remove().run();
    }

    private void assessAll() {
        while (!waiting.isEmpty()) {
            assessOnce();
        }
    }

    private ProcedureLine line(FakeModel ensemble) {
        return line(FakeModel.shifting(GRID, 0, 0, 0), ensemble, OBJECTS, waiting::add);
    }

    @Test
    void shouldPublishTheStudentsLabelsAtOnceAndTheEnsemblesResultsLater() {
        // given
        ProcedureLine line = line(FakeModel.ensemble(GRID, STILL, STILL));

        // when
        offer(line, 1, 0, 8);

        // then
        assertThat(sink.labels).extracting(Labels::network).containsExactly(Network.STUDENT);
        assertThat(sink.maps()).isEmpty();
        assessAll();
        assertThat(sink.labels).extracting(Labels::network).containsExactly(Network.STUDENT,
                Network.ENSEMBLE);
        assertThat(sink.labels).extracting(Labels::sequence).containsExactly(1L, 2L);
        assertThat(sink.maps()).extracting(EncodedMap::quantity).containsExactly("label-entropy",
                "expected-error", "displacement-spread");
        assertThat(sink.labels.get(1).objects().maps()).as("with the ensemble's labels").hasSize(3);
        assertThat(sink.labels.get(1).live().volumeId()).isEqualTo(sink.labels.get(0).live().volumeId());
    }

    @Test
    void shouldGiveEveryObjectOfAVolumeAnIdentifierOfItsOwn() {
        // when
        offer(line(FakeModel.ensemble(GRID, STILL, STILL)), 1, 0, 8);
        assessAll();

        // then
        assertThat(IntStream.range(0, 5).mapToObj(this::uid).distinct()).hasSize(5);
    }

    private String uid(int object) {
        return object < 2
                ? sink.labels.get(object).objects().labels().uid()
                : sink.maps().get(object - 2).object().uid();
    }

    /** A replay after a crash gives the same objects. */
    @Test
    void shouldGiveARepeatTheSameIdentifiersAndBytes() {
        // when
        for (int run = 0; run < 2; run++) {
            offer(line(FakeModel.ensemble(GRID, STILL, STILL)), 1, 0, 8);
            assessAll();
        }

        // then
        assertThat(sink.labels.get(3).objects().labels().uid()).isEqualTo(sink.labels.get(1).objects().labels().uid());
        assertThat(sink.labels.get(3).objects().labels().dicom())
                .isEqualTo(sink.labels.get(1).objects().labels().dicom());
        assertThat(sink.maps().get(5).object().dicom()).isEqualTo(sink.maps().get(2).object().dicom());
    }

    @Test
    void shouldAcknowledgeNothingUntilTheBrokerHasTheAssessment() {
        // given
        ProcedureLine line = line(FakeModel.ensemble(GRID, STILL, STILL));

        // when / then
        offer(line, 1, 0, 8);
        assertThat(acknowledged).isEmpty();
        sink.isDown = true;
        assessAll();
        assertThat(acknowledged).isEmpty();
        sink.comeBack();
        assertThat(acknowledged).hasSize(8);
        assertThat(registry.timer("regstream.assessment.age").count()).isEqualTo(1);
    }

    @Test
    void shouldSupersedeAVolumeThatWaitsForItsAssessmentAndCountIt() {
        // given: the assessment of the first volume has not begun when the second is registered
        ProcedureLine line = line(FakeModel.ensemble(GRID, STILL, STILL));
        offer(line, 1, 0, 8);

        // when
        offer(line, 2, 0, 8);

        // then
        assertThat(registry.counter("regstream.assessments.superseded").count()).isEqualTo(1);
        assertThat(acknowledged).as("the first volume's labels are out, nothing else will come").hasSize(8);
        assessAll();
        assertThat(acknowledged).hasSize(16);
        assertThat(sink.labels).extracting(Labels::network).containsExactly(Network.STUDENT,
                Network.STUDENT, Network.ENSEMBLE);
        assertThat(sink.labels.get(2).live().volumeId()).isEqualTo(sink.labels.get(1).live().volumeId());
        assertThat(codes()).isEmpty();
    }

    @Test
    void shouldAlertOnceAVolumeFromTheEnsemblesFigures() {
        // given: a Dice of 1/2 is predicted for the head whatever the figures, 0.7 is wanted
        AlertThresholds thresholds = halfOfTheHead();
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0).withThresholds(thresholds),
                FakeModel.ensemble(GRID, STILL, STILL).withThresholds(thresholds), OBJECTS, waiting::add);

        // when / then
        offer(line, 1, 0, 8);
        assertThat(codes()).as("the student's labels alone are not judged").isEmpty();
        assessAll();
        assertThat(codes()).containsExactly(AlertCode.LABEL_UNCERTAIN);
        assertThat(sink.alerts.get(0).structure()).contains("head");
        assertThat(sink.labels.get(1).figures().predictedDice()).containsExactly(Map.entry("head", 0.5));
        offer(line, 2, 0, 8);
        assessAll();
        assertThat(sink.alerts).extracting(Alert::phase).containsExactly(AlertPhase.RAISED, AlertPhase.UPDATED);
    }

    private static AlertThresholds halfOfTheHead() {
        return new AlertThresholds("v", 1, Map.of("head", 9.0, "body", 9.0),
                Map.of("head", new DicePredictor(0, Map.of(), Map.of(), 0, 0)), Map.of("head", 0.7), Map.of(),
                Optional.empty(), 1, "made up");
    }

    /** Nobody would clear it. */
    @Test
    void shouldRaiseNothingOnceTheProcedureHasEnded() {
        // given: a Dice of 1/2 is predicted where 0.7 is wanted, and the procedure ends while that is encoded
        AlertThresholds thresholds = halfOfTheHead();
        List<ProcedureLine> lines = new ArrayList<>();
        ResultEncoder meanwhile = (known, live, network, seen) -> {
            if (network == Network.ENSEMBLE) {
                lines.get(0).end();
            }
            return OBJECTS.encode(known, live, network, seen);
        };
        lines.add(line(FakeModel.shifting(GRID, 0, 0, 0).withThresholds(thresholds),
                FakeModel.ensemble(GRID, STILL, STILL).withThresholds(thresholds), meanwhile, waiting::add));

        // when
        offer(lines.get(0), 1, 0, 8);
        assessAll();

        // then
        assertThat(sink.alerts).isEmpty();
        assertThat(acknowledged).hasSize(8);
    }

    @Test
    void shouldTellThatTheEnsembleFailedAndKeepTheStudentsLabels() {
        // given
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), FakeModel.failing(GRID, "GPU lost"), OBJECTS,
                waiting::add);

        // when
        offer(line, 1, 0, 8);
        assessAll();

        // then
        assertThat(sink.labels).hasSize(1);
        assertThat(codes()).containsExactly(AlertCode.NOT_ASSESSED);
        assertThat(sink.alerts.get(0).sentence()).contains("GPU lost").contains("compare with the live image");
        assertThat(registry.counter("regstream.assessments.failed").count()).isEqualTo(1);
        assertThat(acknowledged).hasSize(8);
    }

    @Test
    void shouldKeepTheProcedureWhenAnAssessmentHasABug() {
        // given
        ResultEncoder broken = (known, live, network, seen) -> {
            if (network == Network.ENSEMBLE) {
                throw new IllegalStateException("bug");
            }
            return OBJECTS.encode(known, live, network, seen);
        };
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), FakeModel.ensemble(GRID, STILL, STILL), broken,
                waiting::add);

        // when
        for (int volume = 1; volume <= 2; volume++) {
            offer(line, volume, 0, 8);
            assessAll();
        }

        // then
        assertThat(sink.alerts).extracting(Alert::phase).containsExactly(AlertPhase.RAISED, AlertPhase.UPDATED);
        assertThat(acknowledged).hasSize(16);
    }

    @Test
    void shouldGiveBackTheFramesOfAWaitingAssessmentWhenTheProcedureEnds() {
        // given
        ProcedureLine line = line(FakeModel.ensemble(GRID, STILL, STILL));
        offer(line, 1, 0, 8);

        // when
        line.end();
        assessAll();

        // then
        assertThat(acknowledged).hasSize(8);
        assertThat(sink.labels).hasSize(1);
    }
}
