package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.quality.Dice;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.SegmentationReader;

/** With the committed package: whatever labels are given of the template come out, moved with it, and nothing else does. */
class RegisterGivenLabelsTest {

    private static final long SEED = 7;
    /** Any structure's new label by what it was and by the half of the image that it lies in. */
    private static final int[][] FOUR = {{0, 0}, {7, 255}, {90, 200}};

    @TempDir
    private static Path dir;

    private static LabelMap template;
    private static Hippocampus fixed;
    private static LabelMap plain;

    @BeforeAll
    static void registerAsGiven() {
        template = NiftiReader.readLabels(Hippocampus.TEMPLATE_LABELS);
        fixed = Hippocampus.deformed(SEED).elsewhere();
        fixed.writeImage(dir.resolve("fixed.nii.gz"));
        CommandRun run = register("plain", template);
        assertThat(run.exitCode()).as(run.err()).isZero();
        plain = labels("plain");
    }

    @Test
    void shouldKeepLabelsOfTheVerySameImage() throws IOException {
        // when
        CommandRun run = register("same", Hippocampus.TEMPLATE, template, "--fixed-labels",
                Hippocampus.TEMPLATE_LABELS);

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(labels("same").labels()).isEqualTo(template.labels());
        assertThat(report("same").path("field").asText()).isEqualTo("alignment");
        assertThat(report("same").at("/figures/diceAfter").asDouble()).isEqualTo(1);
        assertThat(report("same").path("structures")).hasSize(2).allSatisfy(s -> {
            assertThat(s.path("features").fieldNames()).toIterable()
                    .containsExactlyElementsOf(ReliabilityFeatures.NAMES);
            assertThat(s.path("verdict").has("predictedDice")).isNotEqualTo(s.path("verdict").has("notJudged"));
        });
    }

    @Test
    void shouldCarrySwappedLabelsLikeAnyOtherAndSayThatTheNetworkSeesThemElsewhere() throws IOException {
        // when
        CommandRun run = register("swapped", mapped(template, 0, 2, 1));

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(labels("swapped").labels()).isEqualTo(mapped(plain, 0, 2, 1).labels());
        assertThat(disputed("swapped")).containsExactlyInAnyOrder("anterior hippocampus", "posterior hippocampus");
    }

    @Test
    void shouldDrawNothingButTheOneStructureThatWasGivenAlsoAsDicom() throws IOException {
        // given
        Path series = fixed.writeSeries(dir.resolve("series"));

        // when
        CommandRun run = register("one", series, mapped(template, 0, 1, 0), "--dicom-out");

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        LabelMap labels = labels("one");
        assertThat(labels.maxLabel()).isEqualTo(1);
        assertThat(report("one").path("structures")).singleElement()
                .satisfies(s -> assertThat(s.path("volumeMm3").asDouble() / s.path("referenceMm3").asDouble())
                        .isBetween(0.67, 1.5));
        assertThat(Dice.meanForeground(labels.withGrid(Hippocampus.GRID), mapped(fixed.labels(), 0, 1, 0), 2))
                .isGreaterThan(0.6);
        DicomObject dicom = FrameReader.withDefaults().readObject(Files.readAllBytes(dir.resolve("one/labels.dcm")));
        assertThat(dicom.sequence(Tag.SEGMENT_SEQUENCE)).hasSize(1);
        assertThat(SegmentationReader.read(dicom, labels.grid()).labels().labels()).isEqualTo(labels.labels());
    }

    @Test
    void shouldCarryABallOf4MmAsABallOf4Mm() throws IOException {
        // given: a target where the network knows a structure, under that structure's number
        LabelMap ball = ball(template.grid());
        LabelMap truth = Hippocampus.deformed(SEED, ball).elsewhere().labels();

        // when
        CommandRun run = register("ball", ball);

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        LabelMap carried = labels("ball").withGrid(Hippocampus.GRID);
        JsonNode target = report("ball").at("/structures/0");
        assertThat(target.path("volumeMm3").asDouble() / target.path("referenceMm3").asDouble()).isBetween(0.5, 2.0);
        assertThat(middle(carried).minus(middle(truth)).norm()).isLessThan(3);
        assertThat(disputed("ball")).containsExactly("anterior hippocampus");
    }

    @Test
    void shouldCarryAnyNumberOfStructuresOfAnyNumbers() throws IOException {
        // when
        CommandRun run = register("four", four(template));

        // then: where the two were, of which the four are made
        assertThat(run.exitCode()).as(run.err()).isZero();
        LabelMap carried = labels("four");
        assertThat(values(carried)).containsExactlyInAnyOrder(7, 90, 200, 255);
        assertThat(madeOfTwo(carried)).isEqualTo(plain.labels());
        assertThat(report("four").path("structures")).hasSize(4).allSatisfy(s -> {
            assertThat(s.at("/structure/name").asText()).startsWith("label ");
            assertThat(s.path("features").has("outlineDice")).isFalse();
        });
    }

    @Test
    void shouldOutlineAnewWhereAskedTo() throws IOException {
        // when
        CommandRun run = register("refined", template, "--label-source", "refined", "--outline");

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        LabelMap outline = NiftiReader.readLabels(dir.resolve("refined/outline.nii.gz"));
        LabelMap carried = NiftiReader.readLabels(dir.resolve("refined/warped_labels.nii.gz"));
        assertThat(Dice.meanForeground(labels("refined"), outline, 3))
                .as("the outline had its say").isGreaterThan(Dice.meanForeground(carried, outline, 3));
        assertThat(report("refined").findValuesAsText("labelSource")).containsOnly("refined");
        assertThat(report("refined").path("labelSource").asText()).isEqualTo("refined");
        assertThat(run.out()).contains("labels refined");
    }

    /** The file's axes are mirrored and its header says so: it is the same patient. */
    @Test
    void shouldNotMindHowAnImageIsStored() {
        // given
        Volume image = fixed.image();
        Path mirrored = dir.resolve("mirrored.nii.gz");
        NiftiWriter.write(mirrored(image), mirrored);

        // when
        CommandRun run = register("mirrored", mirrored, template);

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        LabelMap carried = labels("mirrored");
        LabelMap back = LabelMap.takeOwnershipOf(Hippocampus.GRID, reversed(carried.labels(), carried.grid()));
        assertThat(Dice.meanForeground(back, plain.withGrid(Hippocampus.GRID), 3)).isGreaterThan(0.99);
    }

    private static CommandRun register(String out, LabelMap labels, Object... more) {
        return register(out, dir.resolve("fixed.nii.gz"), labels, more);
    }

    /** By the network alone: fits take long and change nothing here. */
    private static CommandRun register(String out, Path image, LabelMap labels, Object... more) {
        Path given = dir.resolve(out + "-given.nii.gz");
        NiftiWriter.write(labels, given);
        Object[] arguments = {"--fixed", image, "--moving", Hippocampus.TEMPLATE, "--moving-labels", given, "--out",
                dir.resolve(out), "--fit-budget", 0};
        return CommandRun.registerHippocampus(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray());
    }

    private static LabelMap labels(String out) {
        return NiftiReader.readLabels(dir.resolve(out).resolve("labels.nii.gz"));
    }

    private static JsonNode report(String out) throws IOException {
        return new ObjectMapper().readTree(dir.resolve(out).resolve("report.json").toFile());
    }

    /** Structures whose labels the network sees elsewhere. */
    private static Set<String> disputed(String out) throws IOException {
        Set<String> names = new TreeSet<>();
        report(out).path("warnings").forEach(w -> {
            if (w.path("figure").asText().equals("outline Dice")) {
                names.add(w.path("of").asText());
            }
        });
        return names;
    }

    /** @param to the new number of each label */
    private static LabelMap mapped(LabelMap map, int... to) {
        byte[] labels = map.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) to[labels[x]];
        }
        return LabelMap.takeOwnershipOf(map.grid(), labels);
    }

    private static LabelMap four(LabelMap map) {
        Grid g = map.grid();
        byte[] labels = map.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) FOUR[labels[x]][2 * (x % g.width()) < g.width() ? 0 : 1];
        }
        return LabelMap.takeOwnershipOf(g, labels);
    }

    private static byte[] madeOfTwo(LabelMap carried) {
        byte[] labels = carried.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            int label = labels[x] & 0xff;
            labels[x] = (byte) (label == 0 ? 0 : label == 7 || label == 255 ? 1 : 2);
        }
        return labels;
    }

    private static Set<Integer> values(LabelMap map) {
        Set<Integer> values = new TreeSet<>();
        for (byte label : map.labels()) {
            values.add(label & 0xff);
        }
        values.remove(0);
        return values;
    }

    /** Label 1 within 2 mm of the middle of the template's label 1. */
    private static LabelMap ball(Grid g) {
        Vector3 middle = middle(template);
        byte[] labels = new byte[g.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (place(g, x).minus(middle).norm() <= 2 ? 1 : 0);
        }
        return LabelMap.takeOwnershipOf(g, labels);
    }

    /** Of label 1, LPS mm. */
    private static Vector3 middle(LabelMap map) {
        Vector3 sum = new Vector3(0, 0, 0);
        for (int x = 0; x < map.labels().length; x++) {
            if (map.labels()[x] == 1) {
                sum = sum.plus(place(map.grid(), x));
            }
        }
        return sum.times(1.0 / map.count(1));
    }

    private static Vector3 place(Grid g, int x) {
        return g.affine().toLps(x / (g.height() * g.width()), x / g.width() % g.height(), x % g.width());
    }

    private static Volume mirrored(Volume image) {
        Grid g = image.grid();
        Affine a = g.affine();
        Grid there = new Grid(g.depth(), g.height(), g.width(),
                new Affine(a.toLps(0, 0, g.width() - 1), a.stepK(), a.stepJ(), a.stepI().times(-1)));
        float[] values = new float[g.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = image.values()[mirrored(x, g.width())];
        }
        return Volume.takeOwnershipOf(there, values);
    }

    private static byte[] reversed(byte[] labels, Grid g) {
        byte[] out = new byte[labels.length];
        for (int x = 0; x < out.length; x++) {
            out[x] = labels[mirrored(x, g.width())];
        }
        return out;
    }

    /** @return offset of the voxel at the other end of the row */
    private static int mirrored(int x, int width) {
        return x - x % width + width - 1 - x % width;
    }
}
