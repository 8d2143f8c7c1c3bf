package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;

class SegmentationReaderTest {
    private static final List<Structure> STRUCTURES = List.of(
            new Structure(1, "anterior hippocampus", "279215006", "Structure of anterior hippocampus", "#e6194b"),
            new Structure(2, "posterior hippocampus", "279216007", "Structure of posterior hippocampus", "#3cb44b"));
    private static final DicomReader READER = new DicomReader(ReadLimits.DEFAULT);
    private static final Grid GRID = new Grid(6, 5, 7, new Affine(new Vector3(-12.5, 30.25, 101),
            new Vector3(0, -1.2, 1.6), new Vector3(0, 0.4, 0.3), new Vector3(0.7, 0, 0)));

    /** The slices run against the normal of rows and columns here: the label map must not come back mirrored. */
    @Test
    void shouldComeBackOnTheGivenGrid() {
        for (Grid grid : List.of(GRID, leftHanded())) {
            // given
            LabelMap labels = labelsAt(grid, 1, 4);

            // when
            Segmentation back = SegmentationReader.read(write(labels), grid);

            // then
            assertThat(back.labels().labels()).isEqualTo(labels.labels());
            assertThat(back.structures()).isEqualTo(STRUCTURES);
        }
    }

    @Test
    void shouldSpanTheSlicesThatHaveFrames() {
        // given: voxels in slices 1 and 4 only
        LabelMap labels = labelsAt(GRID, 1, 4);

        // when
        Segmentation back = SegmentationReader.read(write(labels));

        // then
        assertThat(back.labels().grid().isSameAs(GRID.window(1, 0, 0, 4, 5, 7))).isTrue();
        assertThat(back.labels().count(1)).isEqualTo(1);
        assertThat(back.labels().at(0, 2, 3)).isEqualTo(1);
        assertThat(back.labels().at(3, 4, 6)).isEqualTo(2);
    }

    @Test
    void shouldRefuseAGridBesideTheFrames() {
        Grid shifted = new Grid(6, 5, 7, GRID.affine().shifted(0, 0, 0.5));
        DicomObject dicom = write(labelsAt(GRID, 1, 4));

        assertThatThrownBy(() -> SegmentationReader.read(dicom, shifted)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("lies on no slice");
    }

    @Test
    void shouldRefuseOverlapAndMissingBits() {
        DicomObject dicom = write(labelsAt(GRID, 1, 1));
        byte[] all = new byte[10];
        Arrays.fill(all, (byte) 0xff);
        DicomObject overlapping = DicomObject.builder().all(dicom).bytes(Tag.PIXEL_DATA, Vr.OB, all).build();
        DicomObject shortened = DicomObject.builder().all(dicom).bytes(Tag.PIXEL_DATA, Vr.OB, new byte[8]).build();

        assertThatThrownBy(() -> SegmentationReader.read(overlapping)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> SegmentationReader.read(shortened)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("9 native bytes");
    }

    @Test
    void shouldRefuseASegmentDescribedTwiceOrNotAtAll() {
        DicomObject dicom = write(labelsAt(GRID, 1, 4));
        List<DicomObject> segments = dicom.sequence(Tag.SEGMENT_SEQUENCE);
        DicomObject twice = DicomObject.builder().all(dicom)
                .items(Tag.SEGMENT_SEQUENCE, List.of(segments.get(0), segments.get(0))).build();
        DicomObject missing = DicomObject.builder().all(dicom).item(Tag.SEGMENT_SEQUENCE, segments.get(0)).build();

        assertThatThrownBy(() -> SegmentationReader.read(twice)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("describes segment 1 twice");
        assertThatThrownBy(() -> SegmentationReader.read(missing)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("is of segment 2, which");
    }

    /** pydicom's two copies of the first frame of a liver segmentation, little and big endian. */
    @ParameterizedTest
    @ValueSource(strings = {"liver_1frame.dcm", "liver_expb_1frame.dcm"})
    void shouldReadAnotherProgramsSegmentation(String name) throws IOException {
        // given: the copies were cut to one frame but kept the functional groups of three
        DicomObject dicom = READER.read(Files.readAllBytes(PydicomFiles.file(name)));
        assertThatThrownBy(() -> SegmentationReader.read(dicom)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE");
        DicomObject firstFrame = DicomObject.builder().all(dicom)
                .items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                        dicom.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).subList(0, 1))
                .build();

        // when
        Segmentation liver = SegmentationReader.read(firstFrame);

        // then: the type is coded in SRT, not in SNOMED CT
        assertThat(liver.labels().grid().shape()).containsExactly(1, 512, 512);
        assertThat(liver.labels().count(1)).isEqualTo(PydicomFiles.LIVER_VOXELS);
        assertThat(liver.structures()).containsExactly(
                new Structure(1, "Liver", "123037004", "Anatomical Structure", liver.structures().get(0).colour()));
    }

    private static Grid leftHanded() {
        Affine a = GRID.affine();
        return new Grid(6, 5, 7, new Affine(a.toLps(5, 0, 0), a.stepK().times(-1), a.stepJ(), a.stepI()));
    }

    private static LabelMap labelsAt(Grid grid, int k1, int k2) {
        byte[] labels = new byte[grid.size()];
        labels[grid.offset(k1, 2, 3)] = 1;
        labels[grid.offset(k2, 4, 6)] = 2;
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    private static DicomObject write(LabelMap labels) {
        List<DicomObject> sources = new ArrayList<>();
        for (byte[] slice : MrImageWriter.write(Volume.takeOwnershipOf(labels.grid(), new float[labels.grid().size()]),
                new MrSeriesDescription("1.2.3", "1.2.3.1", "1.2.3.9", 1, Instant.EPOCH))) {
            sources.add(READER.read(slice).withoutPixelData());
        }
        return READER.read(SegmentationWriter.write(labels, STRUCTURES, sources,
                new SegmentationAlgorithm("hippocampus", "ab".repeat(32), "student", List.of())));
    }
}
