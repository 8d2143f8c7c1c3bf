package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;

/** Enhanced multi-frame MR of 2 temporal positions x 3 slices of 1 x 2 pixels, written slice by slice, both times in turn. */
class EnhancedTest {
    private static final FrameReader READER = FrameReader.withDefaults();

    @Test
    void shouldMakeOneFrameOfEachTemporalPosition() {
        // when
        List<Frame> frames = READER.read(part10(), Instant.EPOCH);

        // then: pixels of frame f are 2 f and 2 f + 1, times the slope 10 of its own group, plus 5
        assertThat(frames).extracting(frame -> frame.key().phase()).containsExactly("t1", "t2");
        assertThat(frames).allMatch(frame -> frame.declaredSlices() == 3 && frame.slices().size() == 3);
        assertThat(frames.get(0).slices()).extracting(Volume::values).containsExactly(new float[]{5, 15},
                new float[]{45, 55}, new float[]{85, 95});
        assertThat(frames.get(1).slices()).extracting(Volume::values).containsExactly(new float[]{25, 35},
                new float[]{65, 75}, new float[]{105, 115});
        assertThat(frames.get(1).slices().get(2).grid().affine()).isEqualTo(new Affine(new Vector3(1, 2, 9),
                new Vector3(0, 0, 3), new Vector3(0, 0.5, 0), new Vector3(0.25, 0, 0)));
        assertThat(frames.get(0).acquiredAt()).isEqualTo("2026-11-21T04:00:01Z");
        assertThat(frames.get(1).acquiredAt()).isEqualTo("2026-11-21T04:00:02Z");
    }

    @Test
    void shouldDeclareNothingForAPartOfAConcatenation() {
        byte[] part = DicomWriter.write(enhanced().text(Tag.CONCATENATION_UID, "1.2.3.77").build());

        assertThat(READER.read(part, Instant.EPOCH)).allMatch(frame -> frame.declaredSlices() == 0);
    }

    @Test
    void shouldRefuseFramesWithoutGroups() {
        byte[] bare = DicomWriter
                .write(enhanced().items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, List.of()).build());

        assertThatThrownBy(() -> READER.read(bare, Instant.EPOCH)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("must have an item for each of 6 frames, got 0");
    }

    @Test
    void shouldReferToTheFramesOfTheNamedVolume() {
        // given
        DicomObject header = enhanced().build().withoutPixelData();
        Grid grid = new Grid(3, 1, 2, new Affine(new Vector3(1, 2, 3), new Vector3(0, 0, 3), new Vector3(0, 0.5, 0),
                new Vector3(0.25, 0, 0)));
        LabelMap labels = LabelMap.takeOwnershipOf(grid, new byte[]{1, 0, 1, 0, 1, 0});
        List<Structure> structures = List.of(new Structure(1, "a", "279215006", "b", "#e6194b"));
        SegmentationAlgorithm algorithm = new SegmentationAlgorithm("m", "0f", "student", List.of());

        // when
        DicomObject second = new DicomReader(ReadLimits.DEFAULT)
                .read(SegmentationWriter.write(labels, structures, List.of(header), "t2", algorithm));

        // then
        assertThat(second.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE)).extracting(
                group -> group.item(Tag.DERIVATION_IMAGE_SEQUENCE).orElseThrow().item(Tag.SOURCE_IMAGE_SEQUENCE)
                        .orElseThrow().integer(Tag.REFERENCED_FRAME_NUMBER))
                .containsExactly(2, 4, 6);
        assertThatThrownBy(() -> SegmentationWriter.write(labels, structures, List.of(header), algorithm))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("two at one place");
    }

    static byte[] part10() {
        return DicomWriter.write(enhanced().build());
    }

    /** Frames in the order slice 0 time 1, slice 0 time 2, slice 1 time 1, ...; slices 3 mm apart from z = 3. */
    private static DicomObjectBuilder enhanced() {
        List<DicomObject> perFrame = new ArrayList<>();
        byte[] pixels = new byte[6 * 2];
        for (int frame = 0; frame < 6; frame++) {
            perFrame.add(frameGroups(frame));
            pixels[2 * frame] = (byte) (2 * frame);
            pixels[2 * frame + 1] = (byte) (2 * frame + 1);
        }
        return DicomObject.builder().text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.4.1")
                .text(Tag.SOP_INSTANCE_UID, "1.2.3.4").text(Tag.STUDY_INSTANCE_UID, "1.2.3")
                .text(Tag.SERIES_INSTANCE_UID, "1.2.3.1").text(Tag.FRAME_OF_REFERENCE_UID, "1.2.3.9")
                .text(Tag.TIMEZONE_OFFSET_FROM_UTC, "+0000").text(Tag.NUMBER_OF_FRAMES, "6").shorts(Tag.ROWS, 1)
                .shorts(Tag.COLUMNS, 2).shorts(Tag.BITS_ALLOCATED, 8).shorts(Tag.BITS_STORED, 8)
                .shorts(Tag.HIGH_BIT, 7).shorts(Tag.PIXEL_REPRESENTATION, 0)
                .item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, sharedGroups())
                .items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, perFrame).bytes(Tag.PIXEL_DATA, Vr.OB, pixels);
    }

    private static DicomObject sharedGroups() {
        return DicomObject.builder()
                .item(Tag.PLANE_ORIENTATION_SEQUENCE,
                        DicomObject.builder().decimals(Tag.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 1, 0).build())
                .item(Tag.PIXEL_MEASURES_SEQUENCE,
                        DicomObject.builder().decimals(Tag.PIXEL_SPACING, 0.5, 0.25).decimals(Tag.SLICE_THICKNESS, 3)
                                .build())
                .build();
    }

    private static DicomObject frameGroups(int frame) {
        int time = 1 + frame % 2;
        return DicomObject.builder()
                .item(Tag.FRAME_CONTENT_SEQUENCE,
                        DicomObject.builder().longs(Tag.TEMPORAL_POSITION_INDEX, time)
                                .text(Tag.FRAME_ACQUISITION_DATE_TIME, "2026112104000" + time).build())
                .item(Tag.PLANE_POSITION_SEQUENCE,
                        DicomObject.builder().decimals(Tag.IMAGE_POSITION_PATIENT, 1, 2, 3 + 3 * (frame / 2)).build())
                .item(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, DicomObject.builder()
                        .decimals(Tag.RESCALE_INTERCEPT, 5).decimals(Tag.RESCALE_SLOPE, 10).build())
                .build();
    }
}
