package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.Code;
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

    /** Older converters let each frame begin at a byte: 35 pixels take 5 bytes. */
    @Test
    void shouldReadFramesThatBeginAtBytes() {
        // given: labels in 4 slices of 35 pixels, 140 bits or 18 bytes as the standard packs them
        byte[] labels = new byte[GRID.size()];
        byte[] aligned = new byte[20];
        for (int k = 0; k < 4; k++) {
            labels[GRID.offset(k, k, 6 - k)] = 1;
            int pixel = 7 * k + 6 - k;
            aligned[5 * k + pixel / 8] |= (byte) (1 << pixel % 8);
        }
        DicomObject packed = write(LabelMap.takeOwnershipOf(GRID, labels), STRUCTURES.subList(0, 1));

        // when
        Segmentation back = SegmentationReader.read(withPixels(packed, aligned), GRID);

        // then
        assertThat(back.labels().labels()).isEqualTo(labels);
        assertThat(SegmentationReader.read(packed, GRID).labels().labels()).isEqualTo(labels);
    }

    @Test
    void shouldRefuseLengthsThatNothingExplains() {
        DicomObject dicom = write(labelsAt(GRID, 1, 4));

        for (int length : new int[]{12, 14, 18, 70}) {
            assertThatThrownBy(() -> SegmentationReader.read(withPixels(dicom, new byte[length]), GRID))
                    .isInstanceOf(DecodeException.class).hasMessageContainingAll(length + " bytes", "expected 9 for");
        }
    }

    /** Another patient's may lie on the same grid. */
    @Test
    void shouldRefuseTheSegmentationOfAnotherImage() {
        DicomObject dicom = write(labelsAt(GRID, 1, 4));

        assertThat(SegmentationReader.read(dicom, image("1.2.3", "1.2.3.9")).structures()).isEqualTo(STRUCTURES);
        assertThatThrownBy(() -> SegmentationReader.read(dicom, image("1.2.3", "1.2.3.8")))
                .isInstanceOf(DecodeException.class).hasMessageContainingAll("frame of reference", "1.2.3.8");
        assertThatThrownBy(() -> SegmentationReader.read(dicom, image("1.2.4", "1.2.3.9")))
                .isInstanceOf(DecodeException.class).hasMessageContainingAll("study", "1.2.4");
    }

    private static LabelledImage image(String study, String frameOfReference) {
        return new LabelledImage(GRID, Optional.of(study), Optional.of(frameOfReference));
    }

    private static DicomObject withPixels(DicomObject dicom, byte[] pixels) {
        return DicomObject.builder().all(dicom).bytes(Tag.PIXEL_DATA, Vr.OB, pixels).build();
    }

    /** Frames copy the positions of the image, as rounded as they are. */
    @Test
    void shouldTakeFramesThatLieAsNearAsImageSlicesMay() {
        DicomObject dicom = write(labelsAt(GRID, 1, 4));

        assertThat(SegmentationReader.read(dicom, new Grid(6, 5, 7, GRID.affine().shifted(0.04, 0, 0))).labels()
                .count(2)).isEqualTo(1);
        assertThatThrownBy(() -> SegmentationReader.read(dicom, new Grid(6, 5, 7, GRID.affine().shifted(0.15, 0, 0))))
                .isInstanceOf(DecodeException.class).hasMessageContaining("lies on no slice");
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

        // then: the type is coded in SRT, as T-62000
        assertThat(liver.labels().grid().shape()).containsExactly(1, 512, 512);
        assertThat(liver.labels().count(1)).isEqualTo(PydicomFiles.LIVER_VOXELS);
        assertThat(liver.structures()).containsExactly(
                new Structure(1, "Liver", "10200004", "Liver (SRT T-62000)", liver.structures().get(0).colour()));
    }

    /** A code of another scheme leaves its trace, translated or not, in as many characters as a meaning may have. */
    @ParameterizedTest
    @CsvSource({"T-A2970x, SRT, Hippocampus, 123037004, Hippocampus (SRT T-A2970x)",
            "T-A2970, SRT, Hippocampus, 87463005, Hippocampus (SRT T-A2970)",
            "T-62000, SNM3, Liver, 10200004, Liver (SNM3 T-62000)", "7197, FMA, Liver, 123037004, Liver (FMA 7197)",
            "T-62000, SRT, The whole of the liver with all of its lobes and what lies in it, 10200004, "
                    + "The whole of the liver with all of its lobes and w (SRT T-62000)"})
    void shouldSayWhatACodeOfAnotherSchemeIs(String value, String scheme, String meaning, String code, String told) {
        // given
        DicomObject dicom = write(labelsAt(GRID, 1, 4));
        List<DicomObject> segments = dicom.sequence(Tag.SEGMENT_SEQUENCE).stream()
                .map(segment -> DicomObject.builder().all(segment).item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE,
                        new Code(value, scheme, meaning).toItem()).build())
                .toList();

        // when
        Segmentation read = SegmentationReader
                .read(DicomObject.builder().all(dicom).items(Tag.SEGMENT_SEQUENCE, segments).build(), GRID);

        // then: and it can be written again
        assertThat(read.structures()).extracting(Structure::code).containsOnly(code);
        assertThat(read.structures()).extracting(Structure::meaning).containsOnly(told);
        assertThat(told.length()).isLessThanOrEqualTo(64);
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
        return write(labels, STRUCTURES);
    }

    private static DicomObject write(LabelMap labels, List<Structure> structures) {
        List<DicomObject> sources = new ArrayList<>();
        for (byte[] slice : MrImageWriter.write(Volume.takeOwnershipOf(labels.grid(), new float[labels.grid().size()]),
                new MrSeriesDescription("1.2.3", "1.2.3.1", "1.2.3.9", 1, Instant.EPOCH))) {
            sources.add(READER.read(slice).withoutPixelData());
        }
        return READER.read(SegmentationWriter.write(labels, structures, sources,
                new SegmentationAlgorithm("hippocampus", "ab".repeat(32), "student", List.of())));
    }
}
