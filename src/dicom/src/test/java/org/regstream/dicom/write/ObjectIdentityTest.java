package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.CieLab;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/** Whose an object is, what it belongs to, and what made it: the same of every kind. */
class ObjectIdentityTest {
    private static final List<Structure> STRUCTURES = List.of(
            new Structure(1, "anterior hippocampus", "279215006", "Structure of anterior hippocampus", "#e6194b"),
            new Structure(2, "posterior hippocampus", "279216007", "Structure of posterior hippocampus", "#3cb44b"));
    private static final Grid GRID = LiveSeries.GRID;

    /** A live series that says who and when. */
    private static final List<DicomObject> LIVE = LiveSeries.headers(GRID).stream()
            .map(header -> DicomObject.builder().all(header).text(Tag.PATIENT_NAME, "Doe^Jane")
                    .text(Tag.PATIENT_ID, "4711").text(Tag.PATIENT_BIRTH_DATE, "19700101").text(Tag.PATIENT_SEX, "F")
                    .text(Tag.STUDY_DATE, "20261121").text(Tag.STUDY_TIME, "101112").text(Tag.STUDY_ID, "S1")
                    .text(Tag.ACCESSION_NUMBER, "A1").text(Tag.REFERRING_PHYSICIAN_NAME, "Roe^R").build())
            .toList();

    static Stream<Named<DicomObject>> objects() {
        LabelMap labels = LabelMap.takeOwnershipOf(GRID, new byte[GRID.size()]);
        return Stream.of(
                Named.of("binary", SegmentationType.BINARY.dataSet(labels, STRUCTURES, LIVE, LiveSeries.PHASE,
                        LiveSeries.ALGORITHM)),
                Named.of("label map", SegmentationType.LABELMAP.dataSet(labels, STRUCTURES, LIVE, LiveSeries.PHASE,
                        LiveSeries.ALGORITHM)),
                Named.of("map", ParametricMapWriter.dataSet(Volume.takeOwnershipOf(GRID, new float[GRID.size()]),
                        MapQuantity.labelEntropy(3), LIVE, LiveSeries.PHASE, LiveSeries.ALGORITHM)),
                Named.of("field", DeformableRegistrationWriter.dataSet(DisplacementField.zero(GRID),
                        new PreoperativeSpace("1.2.4.9", List.of(), new Placement(GRID, GRID)), LIVE, LiveSeries.PHASE,
                        LiveSeries.ALGORITHM)));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void shouldBelongToTheLiveSeriesPatientStudyAndSpace(DicomObject dicom) {
        for (Tag tag : List.of(Tag.PATIENT_NAME, Tag.PATIENT_ID, Tag.PATIENT_BIRTH_DATE, Tag.PATIENT_SEX,
                Tag.STUDY_DATE,
                Tag.STUDY_TIME, Tag.STUDY_ID, Tag.ACCESSION_NUMBER, Tag.REFERRING_PHYSICIAN_NAME,
                Tag.STUDY_INSTANCE_UID, Tag.FRAME_OF_REFERENCE_UID)) {
            assertThat(dicom.string(tag)).as("%s", tag).isEqualTo(LIVE.get(0).string(tag));
        }
        assertThat(dicom.item(Tag.REFERENCED_SERIES_SEQUENCE).orElseThrow().string(Tag.SERIES_INSTANCE_UID))
                .isEqualTo(LIVE.get(0).string(Tag.SERIES_INSTANCE_UID));
        assertThat(dicom.item(Tag.REFERENCED_SERIES_SEQUENCE).orElseThrow().sequence(Tag.REFERENCED_INSTANCE_SEQUENCE))
                .hasSize(LIVE.size());
    }

    @ParameterizedTest
    @MethodSource("objects")
    void shouldHaveDerivedIdentifiersAndNameItsMaker(DicomObject dicom) {
        assertThat(dicom.string(Tag.SOP_INSTANCE_UID)).startsWith("2.25.");
        assertThat(dicom.string(Tag.SERIES_INSTANCE_UID)).startsWith("2.25.");
        assertThat(dicom.string(Tag.MANUFACTURER)).isEqualTo("regstream");
        assertThat(dicom.string(Tag.MANUFACTURER_MODEL_NAME)).isEqualTo(LiveSeries.ALGORITHM.modelId());
        assertThat(dicom.string(Tag.DEVICE_SERIAL_NUMBER)).isEqualTo(LiveSeries.ALGORITHM.modelDigest());
        assertThat(dicom.string(Tag.SERIES_DESCRIPTION)).startsWith("regstream ").endsWith(": student");
    }

    /** Another series each: viewers list them apart, and an archive never mixes them. */
    @Test
    void shouldBeASeriesOfItsOwnOfEveryKind() {
        assertThat(objects().map(named -> named.getPayload().string(Tag.SERIES_INSTANCE_UID))).doesNotHaveDuplicates();
        assertThat(objects().map(named -> named.getPayload().string(Tag.SERIES_NUMBER))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void shouldDescribeEverySegment(DicomObject dicom) {
        List<DicomObject> segments = dicom.sequence(Tag.SEGMENT_SEQUENCE).stream()
                .filter(segment -> segment.integer(Tag.SEGMENT_NUMBER) > 0).toList();
        assertThat(segments).hasSize(dicom.string(Tag.MODALITY).equals("SEG") ? 2 : 0);
        for (int n = 0; n < segments.size(); n++) {
            Structure structure = STRUCTURES.get(n);
            DicomObject segment = segments.get(n);
            DicomObject type = segment.item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).orElseThrow();
            assertThat(type.string(Tag.CODE_VALUE)).isEqualTo(structure.code());
            assertThat(type.string(Tag.CODING_SCHEME_DESIGNATOR)).isEqualTo("SCT");
            assertThat(segment.string(Tag.SEGMENT_LABEL)).isEqualTo(structure.name());
            CieLab colour = CieLab.ofSrgb(structure.colour());
            assertThat(segment.numbers(Tag.RECOMMENDED_DISPLAY_CIELAB_VALUE, 3)).containsExactly(colour.l(), colour.a(),
                    colour.b());
            DicomObject algorithm = segment.item(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE).orElseThrow();
            assertThat(algorithm.string(Tag.ALGORITHM_NAME)).isEqualTo(LiveSeries.ALGORITHM.modelId());
            assertThat(algorithm.string(Tag.ALGORITHM_VERSION)).isEqualTo(LiveSeries.ALGORITHM.modelDigest());
        }
    }
}
