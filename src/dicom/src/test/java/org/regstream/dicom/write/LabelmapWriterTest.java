package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.Dciodvfy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Element;
import org.regstream.dicom.OtherProgram;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;
import org.regstream.dicom.read.Segmentation;
import org.regstream.dicom.read.SegmentationReader;

class LabelmapWriterTest {

    /** Labels with a gap: pixels are labels, whatever the order of the structures. */
    private static final List<Structure> STRUCTURES = List.of(
            new Structure(1, "anterior hippocampus", "279215006", "Structure of anterior hippocampus", "#e6194b"),
            new Structure(200, "posterior hippocampus", "279216007", "Structure of posterior hippocampus", "#3cb44b"));
    private static final Grid GRID = LiveSeries.GRID;

    private static final String CLASS_IS_NEWER = "Error - Information Object Not found";
    private static final String BACKGROUND_IS_NOT_1 = "Error - </SegmentSequence(0062,0002)[1]/SegmentNumber(0062,0004)> -"
            + " SegmentNumber not monotonically increasing from one by one - have SegmentSequence item number 1 (from one)"
            + " with SegmentNumber of 0";

    @Test
    void shouldStoreTheLabelsThemselves() {
        // given
        LabelMap labels = randomLabels(GRID);

        // when
        DicomObject dicom = written(labels, LiveSeries.headers(GRID));

        // then
        assertThat(dicom.string(Tag.SOP_CLASS_UID)).isEqualTo(SopClass.LABEL_MAP_SEGMENTATION_STORAGE);
        assertThat(((Element.Bytes) dicom.element(Tag.PIXEL_DATA).orElseThrow()).value()).isEqualTo(labels.labels());
        assertThat(dicom.integer(Tag.NUMBER_OF_FRAMES)).isEqualTo(GRID.depth());
        assertThat(SegmentationReader.read(dicom)).satisfies(back -> {
            assertThat(back.structures()).isEqualTo(STRUCTURES);
            assertThat(back.labels().labels()).isEqualTo(labels.labels());
            assertThat(back.labels().grid().isSameAs(GRID)).isTrue();
        });
    }

    /** PS3.3 section C.8.20.2.3: every pixel value has to be described, that of the background too. */
    @Test
    void shouldDescribeTheBackground() {
        DicomObject dicom = written(randomLabels(GRID), LiveSeries.headers(GRID));

        DicomObject background = dicom.sequence(Tag.SEGMENT_SEQUENCE).get(0);
        assertThat(background.integer(Tag.SEGMENT_NUMBER)).isZero();
        assertThat(background.item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).orElseThrow().string(Tag.CODE_VALUE))
                .isEqualTo("125040");
        assertThat(dicom.integer(Tag.PIXEL_PADDING_VALUE)).isZero();
        assertThat(dicom.sequence(Tag.SEGMENT_SEQUENCE)).extracting(item -> item.integer(Tag.SEGMENT_NUMBER))
                .containsExactly(0, 1, 200);
    }

    @Test
    void shouldBeTheSameObjectWhateverTheOrderOfArrivalAndAnotherThanTheBinaryOne() {
        // given
        List<DicomObject> shuffled = new ArrayList<>(LiveSeries.headers(GRID));
        Collections.shuffle(shuffled, new Random(7));
        LabelMap labels = randomLabels(GRID);

        // when, then
        byte[] bytes = DicomWriter.write(dataSet(labels, shuffled));
        assertThat(bytes).isEqualTo(DicomWriter.write(dataSet(labels, LiveSeries.headers(GRID))));
        assertThat(dataSet(labels, shuffled).string(Tag.SERIES_INSTANCE_UID)).isNotEqualTo(
                SegmentationType.BINARY.dataSet(labels, STRUCTURES, shuffled, LiveSeries.PHASE, LiveSeries.ALGORITHM)
                        .string(Tag.SERIES_INSTANCE_UID));
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        byte[] labels = new byte[GRID.size()];
        labels[5] = 3;
        assertThatThrownBy(() -> dataSet(LabelMap.takeOwnershipOf(GRID, labels), LiveSeries.headers(GRID)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("label 3");
    }

    /** Others number the background as they like, and give values 16 bits or a palette. */
    @Test
    void shouldReadOtherProgramsLabelMaps() {
        // given
        DicomObject dicom = written(randomLabels(GRID), LiveSeries.headers(GRID));
        byte[] wide = new byte[2 * GRID.size()];
        for (int x = 0; x < GRID.size(); x++) {
            int label = randomLabels(GRID).labels()[x] & 0xff;
            int value = label == 0 ? 1000 : label;
            wide[2 * x] = (byte) value;
            wide[2 * x + 1] = (byte) (value >> 8);
        }
        DicomObjectBuilder other = DicomObject.builder().all(dicom).bytes(Tag.PIXEL_DATA, Vr.OW, wide)
                .shorts(Tag.BITS_ALLOCATED, 16).shorts(Tag.BITS_STORED, 16).shorts(Tag.HIGH_BIT, 15)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR").shorts(Tag.PIXEL_PADDING_VALUE, 1000);

        // when
        Segmentation back = SegmentationReader.read(other.items(Tag.SEGMENT_SEQUENCE, renumbered(dicom, 1000)).build());

        // then
        assertThat(back.labels().labels()).isEqualTo(randomLabels(GRID).labels());
        assertThat(back.structures()).isEqualTo(STRUCTURES);
    }

    /** dcmqi's sparse-labelmap-ppv5.dcm: 0 is described as the background, and frames that are left out would hold the padding value. */
    @ParameterizedTest
    @ValueSource(ints = {5, 255, 0})
    void shouldTakePaddingAndADescribedBackgroundForBackground(int padding) {
        DicomObject dicom = written(randomLabels(GRID), LiveSeries.headers(GRID));

        Segmentation back = SegmentationReader
                .read(DicomObject.builder().all(dicom).shorts(Tag.PIXEL_PADDING_VALUE, padding).build());

        assertThat(back.labels().labels()).isEqualTo(randomLabels(GRID).labels());
        assertThat(back.structures()).isEqualTo(STRUCTURES);
    }

    private static List<DicomObject> renumbered(DicomObject dicom, int background) {
        List<DicomObject> segments = new ArrayList<>(dicom.sequence(Tag.SEGMENT_SEQUENCE));
        segments.set(0, DicomObject.builder().all(segments.get(0)).shorts(Tag.SEGMENT_NUMBER, background).build());
        return segments;
    }

    @Test
    void shouldRefuseAPixelThatNobodyDescribes() {
        DicomObject dicom = written(randomLabels(GRID), LiveSeries.headers(GRID));
        DicomObject undescribed = DicomObject.builder().all(dicom)
                .items(Tag.SEGMENT_SEQUENCE, dicom.sequence(Tag.SEGMENT_SEQUENCE).subList(0, 2)).build();

        assertThatThrownBy(() -> SegmentationReader.read(undescribed)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("segment 200");
    }

    @Test
    void shouldBeReadByPydicomToTheSameVoxels(@TempDir Path folder) throws Exception {
        // given
        LabelMap labels = randomLabels(GRID);
        Path file = Files.write(folder.resolve("labelmap.dcm"),
                DicomWriter.write(dataSet(labels, LiveSeries.headers(GRID))));

        // when
        List<String> lines = OtherProgram.python("dump_labelmap.py", List.of(file.toString()));

        // then
        assertThat(lines).hasSize(3 + GRID.depth());
        assertThat(lines.subList(0, 3)).containsExactly("0\tBackground\t125040\tDCM",
                "1\tanterior hippocampus\t279215006\tSCT", "200\tposterior hippocampus\t279216007\tSCT");
        for (int k = 0; k < GRID.depth(); k++) {
            String[] numbers = lines.get(3 + k).split("\t");
            for (int x = 0; x < 35; x++) {
                assertThat(Integer.parseInt(numbers[3 + x])).isEqualTo(labels.labels()[35 * k + x] & 0xff);
            }
        }
    }

    /** Debian's dciodvfy is older than the class, and says so: the background's number is all else it sees. A newer one finds nothing. */
    @ParameterizedTest
    @MethodSource("org.regstream.dicom.write.RealSeries#names")
    void shouldSatisfyDciodvfyForARealSeries(String name, @TempDir Path folder) throws Exception {
        // given
        RealSeries series = RealSeries.read(name);

        // when
        Path file = write(folder.resolve("labelmap.dcm"), LabelmapWriter.dataSet(randomLabels(series.grid()),
                STRUCTURES, series.headers(), series.phase(), LiveSeries.ALGORITHM));

        // then
        assertThat(Dciodvfy.errors(file)).isIn(List.of(), List.of(BACKGROUND_IS_NOT_1, CLASS_IS_NEWER));
    }

    /**
     * A dciodvfy that does not know the class looks at no module of it. Declared as the older class, whose modules are the same,
     * everything is looked at, and wrong is exactly what makes a label map.
     */
    @ParameterizedTest
    @MethodSource("org.regstream.dicom.write.RealSeries#names")
    void shouldDifferFromTheBinaryClassInNothingElse(String name, @TempDir Path folder) throws Exception {
        // given
        RealSeries series = RealSeries.read(name);
        DicomObject dicom = LabelmapWriter.dataSet(randomLabels(series.grid()), STRUCTURES, series.headers(),
                series.phase(), LiveSeries.ALGORITHM);
        assumeTrue(Dciodvfy.errors(write(folder.resolve("labelmap.dcm"), dicom)).contains(CLASS_IS_NEWER),
                "this dciodvfy knows label maps");

        // when
        List<String> errors = Dciodvfy.errors(write(folder.resolve("binary.dcm"), DicomObject.builder().all(dicom)
                .text(Tag.SOP_CLASS_UID, SopClass.SEGMENTATION_STORAGE).build()));

        // then
        List<String> expected = new ArrayList<>(List.of(BACKGROUND_IS_NOT_1,
                "Error - </SegmentationType(0062,0001)[1]> - Unrecognized enumerated value = <LABELMAP>",
                "Error - </SegmentSequence(0062,0002)[1]/SegmentNumber(0062,0004)[1]> - Value is zero",
                noSegmentation("SharedFunctionalGroupsSequence(5200,9229)[1]")));
        for (int frame = 1; frame <= series.grid().depth(); frame++) {
            expected.add(noSegmentation("PerFrameFunctionalGroupsSequence(5200,9230)[" + frame + "]"));
        }
        assertThat(errors).containsExactlyElementsOf(expected);
    }

    private static String noSegmentation(String groups) {
        return "Error - </" + groups
                + "/SegmentIdentificationSequence(0062,000a)> - Missing attribute for Type 1 Required"
                + " - Module=<SegmentationMacro>";
    }

    /** What dciodvfy cannot judge: the rules for label maps, held against what pydicom reads. */
    @Test
    void shouldKeepTheRulesForLabelMaps(@TempDir Path folder) throws Exception {
        // given
        Path whole = write(folder.resolve("whole.dcm"), dataSet(randomLabels(GRID), LiveSeries.headers(GRID)));

        // when, then
        assertThat(OtherProgram.python("check_labelmap.py", List.of(whole.toString())))
                .containsExactly("whole.dcm\t3\t4\t140");
    }

    @ParameterizedTest
    @MethodSource("org.regstream.dicom.write.RealSeries#names")
    void shouldKeepTheRulesForLabelMapsForARealSeries(String name, @TempDir Path folder) throws Exception {
        // given
        RealSeries series = RealSeries.read(name);
        Path file = write(folder.resolve("real.dcm"), LabelmapWriter.dataSet(randomLabels(series.grid()), STRUCTURES,
                series.headers(), series.phase(), LiveSeries.ALGORITHM));

        // when, then
        assertThat(OtherProgram.python("check_labelmap.py", List.of(file.toString())))
                .containsExactly("real.dcm\t3\t" + series.grid().depth() + "\t" + series.grid().size());
    }

    /** A check that cannot fail checks nothing: each object breaks one rule. */
    @Test
    void shouldNoticeWhereARuleIsBroken(@TempDir Path folder) throws Exception {
        // given
        DicomObject whole = dataSet(randomLabels(GRID), LiveSeries.headers(GRID));
        List<DicomObject> segments = whole.sequence(Tag.SEGMENT_SEQUENCE);
        DicomObject nameless = DicomObject.builder().all(segments.get(2)).text(Tag.SEGMENT_LABEL).build();
        DicomObject segment = DicomObject.builder()
                .item(Tag.SEGMENT_IDENTIFICATION_SEQUENCE,
                        DicomObject.builder().shorts(Tag.REFERENCED_SEGMENT_NUMBER, 1).build())
                .all(whole.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).orElseThrow()).build();
        List<String> files = new ArrayList<>();
        files.add(broken(folder, "class", whole, o -> o.text(Tag.SOP_CLASS_UID, SopClass.SEGMENTATION_STORAGE)));
        files.add(broken(folder, "type", whole, o -> o.text(Tag.SEGMENTATION_TYPE, "BINARY")));
        files.add(broken(folder, "colours", whole, o -> o.text(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR")));
        files.add(broken(folder, "bits", whole, o -> o.shorts(Tag.BITS_STORED, 7)));
        files.add(broken(folder, "undescribed", whole, o -> o.items(Tag.SEGMENT_SEQUENCE, segments.subList(0, 2))));
        files.add(broken(folder, "padding", whole, o -> o.shorts(Tag.PIXEL_PADDING_VALUE, 1)));
        files.add(broken(folder, "label", whole,
                o -> o.items(Tag.SEGMENT_SEQUENCE, List.of(segments.get(0), segments.get(1), nameless))));
        files.add(broken(folder, "segmentation", whole, o -> o.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, segment)));

        // when, then
        assertThat(OtherProgram.python("check_labelmap.py", files)).filteredOn(line -> !line.endsWith("\t140"))
                .containsExactly("class.dcm\tclass", "type.dcm\tsegmentation type", "colours.dcm\tpalette",
                        "colours.dcm\tcolour of segment 0", "colours.dcm\tcolour of segment 1",
                        "colours.dcm\tcolour of segment 200", "bits.dcm\tbits", "bits.dcm\tsegment numbers",
                        "undescribed.dcm\tpixels of no segment: [200]", "padding.dcm\tpadding is the background",
                        "label.dcm\tlabel of segment 200", "segmentation.dcm\tno segmentation group");
    }

    private static String broken(Path folder, String name, DicomObject whole, UnaryOperator<DicomObjectBuilder> change)
            throws IOException {
        return write(folder.resolve(name + ".dcm"), change.apply(DicomObject.builder().all(whole)).build()).toString();
    }

    private static Path write(Path file, DicomObject dicom) throws IOException {
        return Files.write(file, DicomWriter.write(dicom));
    }

    private static DicomObject written(LabelMap labels, List<DicomObject> sources) {
        return LiveSeries.READER.read(DicomWriter.write(dataSet(labels, sources)));
    }

    private static DicomObject dataSet(LabelMap labels, List<DicomObject> sources) {
        return LabelmapWriter.dataSet(labels, STRUCTURES, sources, LiveSeries.PHASE, LiveSeries.ALGORITHM);
    }

    private static LabelMap randomLabels(Grid grid) {
        Random random = new Random(3);
        byte[] labels = new byte[grid.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) new int[]{0, 1, 200}[random.nextInt(3)];
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }
}
