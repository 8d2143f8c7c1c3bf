package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.Network;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.testkit.Phantom;

/** Fields as they are published. */
class FieldTest extends LineBench {

    private static final String ELSEWHERE = "2.25.77";

    @Test
    void shouldLeadFromTheLiveSpaceToThePreoperativeOneAndBelongToItsLabels() {
        // given
        procedure = in(Optional.of(ELSEWHERE));

        // when
        offer(line(FakeModel.shifting(GRID, 1, 0, -2), 8 << 20), 1, 0, 8);

        // then
        assertThat(sink.fields()).hasSize(1);
        EncodedObject field = sink.fields().get(0);
        assertThat(sink.labels.get(0).objects().displacement()).contains(field);
        assertThat(sink.labels.get(0).network()).isEqualTo(Network.STUDENT);
        DicomObject dicom = reader.readObject(field.dicom());
        assertThat(dicom.string(Tag.SOP_CLASS_UID)).isEqualTo(SopClass.DEFORMABLE_SPATIAL_REGISTRATION_STORAGE);
        assertThat(dicom.string(Tag.STUDY_INSTANCE_UID)).isEqualTo(Phantom.STUDY)
                .isEqualTo(field.study());
        assertThat(dicom.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(Phantom.SPACE);
        assertThat(dicom.sequence(Tag.DEFORMABLE_REGISTRATION_SEQUENCE).get(1)
                .string(Tag.SOURCE_FRAME_OF_REFERENCE_UID)).isEqualTo(ELSEWHERE);
        assertThat(acknowledged).hasSize(8);
    }

    /** With the same spaces as the field, and once: the ensemble starts from it, too. */
    @Test
    void shouldComeWithThePoseBefore() {
        procedure = in(Optional.of(ELSEWHERE));

        offer(line(FakeModel.shifting(GRID, 1, 0, -2), 8 << 20), 1, 0, 8);

        DicomObject pose = reader.readObject(sink.labels.get(0).objects().pose().orElseThrow().dicom());
        assertThat(pose.string(Tag.SOP_CLASS_UID)).isEqualTo(SopClass.SPATIAL_REGISTRATION_STORAGE);
        assertThat(pose.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(Phantom.SPACE);
        assertThat(pose.sequence(Tag.REGISTRATION_SEQUENCE).get(1).string(Tag.FRAME_OF_REFERENCE_UID))
                .isEqualTo(ELSEWHERE);
    }

    @Test
    void shouldNameASpaceForAnImageThatHasNone() {
        procedure = in(Optional.empty());

        offer(line(FakeModel.shifting(GRID, 1, 0, -2), 8 << 20), 1, 0, 8);

        assertThat(reader.readObject(sink.fields().get(0).dicom())
                .sequence(Tag.DEFORMABLE_REGISTRATION_SEQUENCE).get(1).string(Tag.SOURCE_FRAME_OF_REFERENCE_UID))
                .startsWith("2.25.").isNotEqualTo(Phantom.SPACE);
    }

    /** DICOM would need the instances of the pre-operative image to tell the two apart. */
    @Test
    void shouldNotBeWrittenWhereBothImagesAreInOneSpace() {
        offer(line(FakeModel.shifting(GRID, 1, 0, -2), 8 << 20), 1, 0, 8);

        assertThat(sink.labels).hasSize(1);
        assertThat(sink.fields()).isEmpty();
        assertThat(acknowledged).hasSize(8);
    }

    @Test
    void shouldBeLeftOutWhereItIsTooLargeToBeHandedOut() {
        procedure = in(Optional.of(ELSEWHERE));

        offer(line(FakeModel.shifting(GRID, 1, 0, -2), 10_000), 1, 0, 8);

        assertThat(sink.labels).hasSize(1);
        assertThat(sink.fields()).isEmpty();
    }

    private Procedure in(Optional<String> space) {
        Reference same = phantom.procedure("p1").reference();
        return new Procedure("p1", new Reference(same.image(), same.labels(), same.structures(), Alignment.CENTRES,
                Optional.empty(), space), LiveSelector.study(Phantom.STUDY), Duration.ofMinutes(10));
    }
}
