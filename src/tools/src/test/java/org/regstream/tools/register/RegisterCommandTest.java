package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.tools.ToolsCli;
import picocli.CommandLine;

/** The command from its arguments to its files, with the committed network and a patient of ellipsoids. */
class RegisterCommandTest {

    private static final Path MODEL = Path.of(System.getProperty("regstream.root"), "models", "hippocampus");
    /** Neither the network's shape nor its orientation: LPS axes, slices towards the head. */
    private static final Grid GRID = new Grid(32, 44, 36, Affine.axisAligned(new Vector3(-20, 30, -10), 1, 1, 1));

    @TempDir
    Path folder;

    @BeforeAll
    static void requireModel() {
        assumeTrue(Files.isDirectory(MODEL), "there is no model package models/hippocampus to run");
    }

    private record Run(int code, String output, String errors) {}

    @Test
    void shouldWriteEverythingOnTheFixedGridAndReportIt() throws IOException {
        // given: the same patient twice, so that nothing has to move
        Path image = image("image.nii.gz", 0);
        Path labels = labels("labels.nii.gz", 0);

        // when
        Run run = register("--fixed", image, "--moving", image, "--moving-labels", labels, "--fixed-labels", labels,
                "--out", folder.resolve("out"));

        // then
        assertThat(run.errors).isEmpty();
        assertThat(run.code).isZero();
        LabelMap warped = NiftiReader.readLabels(folder.resolve("out/labels.nii.gz"));
        assertThat(warped.grid().isSameAs(GRID)).isTrue();
        assertThat(NiftiReader.readLabels(folder.resolve("out/warped_labels.nii.gz")).grid().isSameAs(GRID)).isTrue();
        assertThat(NiftiReader.readVolume(folder.resolve("out/warped.nii.gz")).grid().isSameAs(GRID)).isTrue();
        assertThat(folder.resolve("out/displacement.nii.gz")).isNotEmptyFile();
        assertThat(NiftiReader.readVolume(folder.resolve("out/uncertainty.nii.gz")).grid().isSameAs(GRID)).isTrue();
        JsonNode report = report("out");
        assertThat(report.at("/status").asText()).isEqualTo("registered");
        assertThat(report.at("/model/provider").asText()).isEqualTo("cpu");
        assertThat(report.at("/placement/alignment").asText()).isEqualTo("centre");
        assertThat(report.at("/figures/nlccBefore").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(report.at("/figures/diceBefore").asDouble()).isEqualTo(1);
        assertThat(report.at("/structures/0/structure/name").asText()).isEqualTo("anterior hippocampus");
        assertThat(report.at("/structures/0/truth/hd95BeforeMm").asDouble()).isZero();
        assertThat(report.at("/rejection").isMissingNode()).isTrue();
        // the network knows hippocampi, not ellipsoids: what was given comes out all the same, and it must say of each that it
        // sees something else
        assertThat(report.at("/field").asText()).isEqualTo("alignment");
        for (int s = 0; s < 2; s++) {
            JsonNode structure = report.at("/structures/" + s);
            assertThat(structure.at("/truth/diceAfter").asDouble()).isEqualTo(1);
            assertThat(report.at("/warnings").findValuesAsText("of"))
                    .contains(structure.at("/structure/name").asText());
        }
    }

    @Test
    void shouldReportWhyThereIsNoRegistrationAndLeaveNoOldResult() throws IOException {
        // given: a flat fixed image, and a result of an earlier run
        Path flat = folder.resolve("flat.nii.gz");
        NiftiWriter.write(Volume.takeOwnershipOf(GRID, new float[GRID.size()]), flat);
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/labels.nii.gz"), "old");

        // when
        Run run = register("--fixed", flat, "--moving", image("image.nii.gz", 0), "--moving-labels",
                labels("labels.nii.gz", 0), "--out", folder.resolve("out"));

        // then
        assertThat(run.code).isEqualTo(1);
        assertThat(run.output).contains("rejected").contains("FLAT_IMAGE");
        assertThat(report("out").at("/rejection/reason").asText()).isEqualTo("FLAT_IMAGE");
        assertThat(folder.resolve("out/labels.nii.gz")).doesNotExist();
    }

    @Test
    void shouldRunABatchOverAnAtlasBankAndGoOnAfterABadImage() throws IOException {
        // given: two good images, a broken one, and a bank in which one atlas is the first image moved by nothing
        Path batch = Files.createDirectories(folder.resolve("batch"));
        image("batch/a.nii.gz", 0);
        Files.writeString(batch.resolve("b.nii.gz"), "no image");
        image("batch/c.nii.gz", 3);
        Files.createDirectories(folder.resolve("bank"));
        image("bank/straight.nii.gz", 0);
        labels("bank/straight_labels.nii.gz", 0);
        image("bank/shifted.nii.gz", 3);
        labels("bank/shifted_labels.nii.gz", 3);

        // when
        Run run = register("--fixed", batch, "--atlas-bank", folder.resolve("bank"), "--out", folder.resolve("out"));

        // then
        assertThat(run.code).isEqualTo(1);
        assertThat(run.output).contains("2 of 3 images registered").contains("not registered: b");
        assertThat(run.errors).contains("b.nii.gz");
        assertThat(report("out/a").at("/images/moving").asText()).isEqualTo("straight.nii.gz");
        assertThat(report("out/c").at("/images/moving").asText()).isEqualTo("shifted.nii.gz");
        assertThat(report("out/a").at("/images/atlasNlcc").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(folder.resolve("out/b/report.json")).doesNotExist();
    }

    @Test
    void shouldRefuseLabelsOfAnotherGridWithTheWayOut() throws IOException {
        Path labels = folder.resolve("labels.nii.gz");
        NiftiWriter.write(LabelMap.takeOwnershipOf(new Grid(2, 2, 2, GRID.affine()), new byte[8]), labels);

        Run run = register("--fixed", image("image.nii.gz", 0), "--moving", folder.resolve("image.nii.gz"),
                "--moving-labels", labels, "--out", folder.resolve("out"));

        assertThat(run.code).isEqualTo(1);
        assertThat(run.errors).contains("labels.nii.gz must lie on the grid of its image").contains("resample");
    }

    @Test
    void shouldTellMistakesOfUsageFromFailures() {
        assertThat(register("--fixed", "a").code).isEqualTo(2);
        assertThat(register("--fixed", "a", "--moving", "b", "--out", "c").errors).contains("--moving-labels");
        assertThat(register("--fixed", "a", "--atlas-bank", "b", "--out", "c", "--align", "world").code).isEqualTo(2);
        assertThat(register("--fixed", "a", "--atlas-bank", "b", "--out", "c", "--align", "left").errors)
                .contains("expected centre, world or auto, got left");
        assertThat(register("--fixed", "a", "--atlas-bank", "b", "--out", "c", "--provider", "tpu").errors)
                .contains("cpu, cuda or auto, got tpu");
    }

    private static Run register(Object... arguments) {
        String[] words = new String[arguments.length + 3];
        words[0] = "register";
        words[1] = "--model";
        words[2] = MODEL.toString();
        for (int x = 0; x < arguments.length; x++) {
            words[x + 3] = arguments[x].toString();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new ToolsCli()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(words);
        return new Run(code, out.toString(), err.toString());
    }

    private JsonNode report(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).resolve("report.json").toFile());
    }

    /** Two ellipsoids of different brightness on a slope, moved along j by some voxels. */
    private Path image(String name, int shift) {
        byte[] labels = ellipsoids(shift);
        float[] values = new float[labels.length];
        for (int x = 0; x < values.length; x++) {
            values[x] = 100 + x % GRID.width() + 80 * labels[x];
        }
        Path file = folder.resolve(name);
        NiftiWriter.write(Volume.takeOwnershipOf(GRID, values), file);
        return file;
    }

    private Path labels(String name, int shift) {
        Path file = folder.resolve(name);
        NiftiWriter.write(LabelMap.takeOwnershipOf(GRID, ellipsoids(shift)), file);
        return file;
    }

    private static byte[] ellipsoids(int shift) {
        byte[] labels = new byte[GRID.size()];
        for (int k = 0; k < GRID.depth(); k++) {
            for (int j = 0; j < GRID.height(); j++) {
                for (int i = 0; i < GRID.width(); i++) {
                    labels[GRID.offset(k, j, i)] = (byte) (inEllipsoid(k, j - shift, i, 14)
                            ? 1
                            : inEllipsoid(k, j - shift, i, 28) ? 2 : 0);
                }
            }
        }
        return labels;
    }

    private static boolean inEllipsoid(int k, int j, int i, int middle) {
        return Math.pow((k - 16) / 6.0, 2) + Math.pow((j - middle) / 8.0, 2) + Math.pow((i - 18) / 6.0, 2) < 1;
    }
}
