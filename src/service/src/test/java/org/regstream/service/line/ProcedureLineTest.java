package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.Laterality;
import org.regstream.dicom.read.PatientMark;
import org.regstream.dicom.read.SegmentationReader;
import org.regstream.wire.PatientCheck;
import org.regstream.wire.ProcedureDocument;

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

        pass(line, Duration.ofSeconds(4));
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
        line.onRevoked(List.of(0));
        pass(line, Duration.ofSeconds(4));

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
        ResultEncoder broken = (known, live, network, seen) -> {
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

        pass(line, Duration.ofSeconds(10 * 60 + 1));

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

    @Test
    void shouldRefuseAVolumeOfTheOtherSide() {
        // given
        side = Laterality.LEFT;
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);

        // when: of the right side, then of one that does not say
        scannedSide = "R";
        offer(line, 1, 0, 8);
        scannedSide = "";
        offer(line, 2, 0, 8);

        // then
        assertThat(sink.none).extracting(NoRegistration::rule).containsExactly("laterality");
        assertThat(sink.none.get(0).code()).isEqualTo(AlertCode.WRONG_GEOMETRY);
        assertThat(sink.none.get(0).reason()).contains("right side").contains("left side");
        assertThat(sink.labels).hasSize(1);
        assertThat(acknowledged).hasSize(16);
    }

    /** A procedure may give one structure, of any label and name: it comes out as it went in, and nothing beside it. */
    @Test
    void shouldPublishASingleStructureThatNoPackageKnows() {
        // given
        Reference both = procedure.reference();
        byte[] labels = both.labels().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (labels[x] == 1 ? 201 : 0);
        }
        Structure target = new Structure(201, "target", "108369006", "Neoplasm", "#e69f00");
        procedure = new Procedure("p1", new Reference(both.image(),
                LabelMap.takeOwnershipOf(both.labels().grid(), labels), List.of(target), both.alignment(),
                both.regionOfInterest(), both.frameOfReferenceUid()), procedure.selector(), procedure.ageBudget());

        // when
        offer(line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20), 1, 0, 8);

        // then
        DicomObject dicom = reader.readObject(sink.labels.get(0).objects().labels().dicom());
        assertThat(dicom.sequence(Tag.SEGMENT_SEQUENCE)).singleElement().satisfies(segment -> {
            assertThat(segment.string(Tag.SEGMENT_LABEL)).isEqualTo("target");
            assertThat(segment.string(Tag.SEGMENT_DESCRIPTION))
                    .isEqualTo("carried: the pre-operative label, moved along the field alignment");
        });
        assertThat(dicom.string(Tag.SERIES_DESCRIPTION)).isEqualTo("regstream labels: student, carried");
        assertThat(SegmentationReader.read(dicom, phantom.image().grid()).labels().count(1))
                .isEqualTo(both.labels().count(1));
        assertThat(codes()).as("the package has no limits for it").containsExactly(AlertCode.NOT_JUDGED);
    }

    /** Nothing of whose they are goes out. */
    @Test
    void shouldShowNothingOfAVolumeOfAnotherPatient() {
        patient = new PatientCheck(patientMark("4711"), Optional.empty());
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);

        scannedPatient = "0815";
        offer(line, 1, 0, 8);

        assertThat(sink.labels).isEmpty();
        assertThat(codes()).containsExactly(AlertCode.WRONG_GEOMETRY);
        assertThat(sink.alerts.get(0).sentence()).contains("of another patient", "Patient ID")
                .doesNotContain("4711", "0815");
        assertThat(registry.counter("regstream.volumes.refused", "rule", "patient").count()).isEqualTo(1);
        for (String own : List.of("4711", "")) {
            scannedPatient = own;
            offer(line, 2 + own.length(), 0, 8);
        }
        assertThat(sink.labels).hasSize(2);
    }

    @Test
    void shouldTakeAnotherPatientsVolumeWhereSomebodyHasDecidedSo() {
        patient = new PatientCheck(patientMark("4711"),
                Optional.of(new ProcedureDocument.PatientOverride("Dr Grey", "Admitted under two numbers.")));
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);

        scannedPatient = "0815";
        offer(line, 1, 0, 8);

        assertThat(sink.labels).hasSize(1);
    }

    private static PatientMark patientMark(String id) {
        return PatientMark.of(List.of(DicomObject.builder().text(Tag.PATIENT_ID, id).build()));
    }

    /** A scanner that hangs: names and times are new, pixels are not. */
    @Test
    void shouldTellOfAnImageThatStandsStill() {
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);

        for (int volume = 1; volume <= 3; volume++) {
            offer(line, volume, 0, 8);
        }
        assertThat(codes()).doesNotContain(AlertCode.FROZEN_IMAGE);
        offer(line, 4, 0, 8);

        assertThat(codes()).contains(AlertCode.FROZEN_IMAGE);
    }
}
