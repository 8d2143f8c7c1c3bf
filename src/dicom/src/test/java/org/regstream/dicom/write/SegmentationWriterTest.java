package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.Dciodvfy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.OtherProgram;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.SegmentationReader;

class SegmentationWriterTest {
    private static final List<Structure> STRUCTURES = List.of(
            new Structure(1, "anterior hippocampus", "279215006", "Structure of anterior hippocampus", "#e6194b"),
            new Structure(2, "posterior hippocampus", "279216007", "Structure of posterior hippocampus", "#3cb44b"));
    private static final SegmentationAlgorithm ALGORITHM = LiveSeries.ALGORITHM;
    private static final DicomReader READER = LiveSeries.READER;

    /** 5 x 7 pixels a frame: frames share bytes. */
    private static final Grid GRID = LiveSeries.GRID;

    @Test
    void shouldWriteTheSameBytesAgain() {
        assertThat(write(randomLabels(1))).isEqualTo(write(randomLabels(1)));
    }

    @Test
    void shouldWriteTheSameBytesWhateverTheOrderOfArrival() {
        // given
        List<DicomObject> shuffled = new ArrayList<>(sources());
        Collections.shuffle(shuffled, new Random(7));
        shuffled.add(shuffled.get(2));

        // when
        byte[] bytes = SegmentationWriter.write(randomLabels(1), STRUCTURES, shuffled, ALGORITHM);

        // then
        assertThat(bytes).isEqualTo(write(randomLabels(1)));
    }

    @Test
    void shouldDeriveAnotherIdentifierForAnotherInput() {
        // given
        DicomObject student = READER.read(write(randomLabels(1)));
        SegmentationAlgorithm other = new SegmentationAlgorithm("hippocampus", "ab".repeat(32), "ensemble",
                List.of("procedure-1"));

        // when
        DicomObject ensemble = READER.read(SegmentationWriter.write(randomLabels(1), STRUCTURES, sources(), other));

        // then
        assertThat(ensemble.string(Tag.SOP_INSTANCE_UID)).isNotEqualTo(student.string(Tag.SOP_INSTANCE_UID));
        assertThat(ensemble.string(Tag.SERIES_INSTANCE_UID)).isNotEqualTo(student.string(Tag.SERIES_INSTANCE_UID));
    }

    @Test
    void shouldSayOfEachSegmentHowItCameAbout() {
        // given
        SegmentationAlgorithm algorithm = ALGORITHM.describing(Map.of(2, "carried along the fitted field"));

        // when
        DicomObject dicom = READER.read(SegmentationWriter.write(randomLabels(1), STRUCTURES, sources(), algorithm));

        // then
        assertThat(dicom.sequence(Tag.SEGMENT_SEQUENCE))
                .extracting(segment -> segment.optionalString(Tag.SEGMENT_DESCRIPTION).orElse("none"))
                .containsExactly("none", "carried along the fitted field");
    }

    /** A fit that stops when its time is over may give other labels of the same images: one series, another instance. */
    @Test
    void shouldNameWhatFollowsFromMoreThanTheImagesByThatToo() {
        // given
        DicomObject one = READER.read(write(randomLabels(1)));

        // when
        DicomObject other = READER.read(SegmentationWriter.write(randomLabels(1), STRUCTURES, sources(),
                ALGORITHM.ofVolume(List.of("another fit"))));

        // then
        assertThat(other.string(Tag.SOP_INSTANCE_UID)).isNotEqualTo(one.string(Tag.SOP_INSTANCE_UID));
        assertThat(other.string(Tag.SERIES_INSTANCE_UID)).isEqualTo(one.string(Tag.SERIES_INSTANCE_UID));
    }

    /** A procedure may give one structure only, with any label. */
    @Test
    void shouldWriteASingleStructureOfAnyLabel() {
        // given
        byte[] labels = new byte[GRID.size()];
        Arrays.fill(labels, 40, 60, (byte) 201);
        Structure target = new Structure(201, "target", "108369006", "Neoplasm", "#e6194b");

        // when
        DicomObject dicom = READER.read(SegmentationWriter.write(LabelMap.takeOwnershipOf(GRID, labels),
                List.of(target), sources(), ALGORITHM));

        // then
        assertThat(SegmentationReader.read(dicom, GRID).labels().count(1)).isEqualTo(20);
        assertThat(SegmentationReader.read(dicom, GRID).structures()).extracting(Structure::name)
                .containsExactly("target");
    }

    @Test
    void shouldKeepOneFrameOfEachSegmentWhenNothingIsLabelled() {
        // when
        DicomObject dicom = READER.read(write(LabelMap.takeOwnershipOf(GRID, new byte[GRID.size()])));

        // then: 2 frames of 35 pixels are 9 bytes, padded to 10
        assertThat(dicom.integer(Tag.NUMBER_OF_FRAMES)).isEqualTo(2);
        assertThat(((Element.Bytes) dicom.element(Tag.PIXEL_DATA).orElseThrow()).value()).hasSize(10)
                .containsOnly(0);
    }

    /** Voxel 34 of the first frame is bit 34, voxel 0 of the second is bit 35: both in byte 4, bits 2 and 3. */
    @Test
    void shouldPackBitsOverFrames() {
        // given
        byte[] labels = new byte[GRID.size()];
        labels[GRID.offset(0, 4, 6)] = 1;
        labels[GRID.offset(1, 0, 0)] = 1;

        // when
        DicomObject dicom = READER.read(write(LabelMap.takeOwnershipOf(GRID, labels)));

        // then
        assertThat(((Element.Bytes) dicom.element(Tag.PIXEL_DATA).orElseThrow()).value()).startsWith(0, 0, 0, 0,
                0b1100);
    }

    @Test
    void shouldStayMarkedAsLossy() {
        // given
        List<DicomObject> sources = new ArrayList<>(sources());
        sources.set(2, DicomObject.builder().all(sources.get(2)).text(Tag.LOSSY_IMAGE_COMPRESSION, "01")
                .decimals(Tag.LOSSY_IMAGE_COMPRESSION_RATIO, 8).build());

        // when
        DicomObject dicom = READER.read(SegmentationWriter.write(randomLabels(1), STRUCTURES, sources, ALGORITHM));

        // then
        assertThat(dicom.string(Tag.LOSSY_IMAGE_COMPRESSION)).isEqualTo("01");
        assertThat(dicom.string(Tag.LOSSY_IMAGE_COMPRESSION_RATIO)).isEqualTo("8");
        assertThat(READER.read(write(randomLabels(1))).string(Tag.LOSSY_IMAGE_COMPRESSION)).isEqualTo("00");
    }

    @Test
    void shouldRefuseUnknownLabelsAndForeignSources() {
        byte[] labels = new byte[GRID.size()];
        labels[5] = 3;
        assertThatThrownBy(() -> write(LabelMap.takeOwnershipOf(GRID, labels)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("label 3");

        Structure again = new Structure(1, "again", "279215006", "again", "#e6194b");
        assertThatThrownBy(() -> SegmentationWriter.write(randomLabels(1),
                List.of(STRUCTURES.get(0), STRUCTURES.get(1), again), sources(), ALGORITHM))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("names two structures");

        Grid elsewhere = new Grid(4, 5, 7, GRID.affine().translated(new Vector3(0, 0, 50)));
        assertThatThrownBy(() -> write(LabelMap.takeOwnershipOf(elsewhere, new byte[GRID.size()])))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no source image");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300, 2000})
    void shouldWriteSeriesOfAnySize(int slices) {
        // given
        Grid grid = new Grid(slices, 3, 3, GRID.affine());
        byte[] labels = new byte[grid.size()];
        Arrays.fill(labels, (byte) 2);

        // when
        DicomObject dicom = READER.read(SegmentationWriter.write(LabelMap.takeOwnershipOf(grid, labels), STRUCTURES,
                sources(grid), ALGORITHM));

        // then: one empty frame of segment 1
        assertThat(dicom.integer(Tag.NUMBER_OF_FRAMES)).isEqualTo(slices + 1);
        assertThat(SegmentationReader.read(dicom, grid).labels().labels()).isEqualTo(labels);
    }

    @Test
    void shouldSatisfyDciodvfy(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.write(folder.resolve("seg.dcm"), write(randomLabels(2)));

        // when
        List<String> errors = Dciodvfy.errors(file);

        // then
        assertThat(errors).isEmpty();
    }

    /** Real series leave attributes empty, and fill others with what the standard does not foresee. */
    @ParameterizedTest
    @MethodSource("org.regstream.dicom.write.RealSeries#names")
    void shouldSatisfyDciodvfyForARealSeries(String name, @TempDir Path folder) throws IOException {
        // given
        RealSeries series = RealSeries.read(name);
        Grid grid = series.grid();
        byte[] labels = new byte[grid.size()];
        labels[grid.offset(3, 4, 5)] = 1;
        labels[grid.offset(4, 4, 5)] = 2;

        // when
        byte[] bytes = SegmentationWriter.write(LabelMap.takeOwnershipOf(grid, labels), STRUCTURES, series.headers(),
                ALGORITHM);

        // then
        Path file = Files.write(folder.resolve("seg.dcm"), bytes);
        assertThat(Dciodvfy.errors(file)).isEmpty();
        assertThat(SegmentationReader.read(READER.read(bytes), grid).labels().labels()).isEqualTo(labels);
    }

    @Test
    void shouldBeReadByPydicomToTheSameVoxels(@TempDir Path folder) throws Exception {
        // given
        LabelMap labels = randomLabels(3);
        Path file = Files.write(folder.resolve("seg.dcm"), write(labels));

        // when
        List<String> frames = OtherProgram.python("dump_segmentation.py", List.of(file.toString()));

        // then
        assertThat(frames).hasSize(2 * GRID.depth());
        for (int f = 0; f < frames.size(); f++) {
            assertFrame(frames.get(f).split("\t"), labels, 1 + f / GRID.depth(), f % GRID.depth());
        }
    }

    private static void assertFrame(String[] fields, LabelMap labels, int segment, int k) throws Exception {
        assertThat(Integer.parseInt(fields[0])).isEqualTo(segment);
        Vector3 position = new Vector3(Double.parseDouble(fields[1]), Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]));
        assertThat(position.minus(GRID.affine().toLps(k, 0, 0)).norm()).isLessThan(1e-9);
        byte[] expected = new byte[35];
        for (int p = 0; p < expected.length; p++) {
            expected[p] = (byte) (labels.labels()[35 * k + p] == segment ? 1 : 0);
        }
        assertThat(fields[7])
                .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(expected)));
    }

    private static byte[] write(LabelMap labels) {
        return SegmentationWriter.write(labels, STRUCTURES, sources(), ALGORITHM);
    }

    private static LabelMap randomLabels(long seed) {
        Random random = new Random(seed);
        byte[] labels = new byte[GRID.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) random.nextInt(3);
        }
        return LabelMap.takeOwnershipOf(GRID, labels);
    }

    private static List<DicomObject> sources() {
        return sources(GRID);
    }

    private static List<DicomObject> sources(Grid grid) {
        return LiveSeries.headers(grid);
    }
}
