package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.Dice;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.transform.PlaceMap;
import org.regstream.core.transform.Pull;
import org.regstream.core.transform.TransformText;
import org.regstream.core.transform.TransformText.Frame;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;

/** The template registered, by the committed network, to itself deformed by a known field and laid onto another grid. */
class RegisterShippedPackageTest {

    private static final int CHANNELS = 3;

    @TempDir
    private static Path dir;

    private static Hippocampus fixed;
    private static CommandRun run;

    @BeforeAll
    static void register() {
        fixed = Hippocampus.deformed(7).elsewhere();
        run = registerTemplateTo(fixed.writeImage(dir.resolve("fixed.nii.gz")), dir.resolve("out"), "--fixed-labels",
                fixed.writeLabels(dir.resolve("truth.nii.gz")));
    }

    private static CommandRun registerTemplateTo(Path image, Path out, Object... more) {
        Object[] arguments = {"--fixed", image, "--moving", Hippocampus.TEMPLATE, "--moving-labels",
                Hippocampus.TEMPLATE_LABELS, "--out", out};
        return CommandRun.registerHippocampus(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray());
    }

    private static JsonNode report(Path folder) throws IOException {
        return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    }

    @Test
    void shouldBringLabelsCloserToTheTruth() throws IOException {
        // given
        JsonNode figures = report(dir.resolve("out")).path("figures");

        // when
        LabelMap labels = NiftiReader.readLabels(dir.resolve("out/labels.nii.gz"));

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        double dice = Dice.meanForeground(labels.withGrid(Hippocampus.GRID), fixed.labels(), CHANNELS);
        assertThat(figures.path("diceAfter").asDouble()).isCloseTo(dice, within(1e-9));
        assertThat(dice).isGreaterThan(figures.path("diceBefore").asDouble()).isGreaterThan(0.75);
        assertThat(figures.path("nlccAfter").asDouble()).isGreaterThan(figures.path("nlccBefore").asDouble());
    }

    @Test
    void shouldWriteAllFilesOnTheFixedGrid() {
        assertThat(NiftiReader.readLabels(dir.resolve("out/labels.nii.gz")).grid().isSameAs(Hippocampus.GRID)).isTrue();
        for (String file : new String[]{"out/warped.nii.gz", "out/uncertainty.nii.gz"}) {
            assertThat(NiftiReader.readVolume(dir.resolve(file)).grid().isSameAs(Hippocampus.GRID)).as(file).isTrue();
        }
    }

    @Test
    void shouldWriteEntropyBetweenZeroAndThatOfEqualProbabilities() {
        float[] entropy = NiftiReader.readVolume(dir.resolve("out/label_entropy.nii.gz")).values();

        float max = 0;
        for (float nats : entropy) {
            assertThat(nats).isBetween(0f, (float) Math.log(CHANNELS) + 1e-5f);
            max = Math.max(max, nats);
        }
        assertThat(max).isGreaterThan(0.1f);
    }

    /** labels(p) = moving(p + d(p)), the moving labels where they are: the field holds the pose too. */
    @Test
    void shouldWriteDisplacementThatExplainsLabelsAndWarpedImage() throws IOException {
        // given
        Volume template = NiftiReader.readVolume(Hippocampus.TEMPLATE);
        LabelMap given = NiftiReader.readLabels(Hippocampus.TEMPLATE_LABELS);
        MillimetreField d = displacement(dir.resolve("out/displacement.nii.gz"), Hippocampus.GRID);
        PlaceMap map = place -> {
            double[] at = Hippocampus.GRID.affine().toIndex(place);
            return place.plus(d.at((int) Math.rint(at[0]), (int) Math.rint(at[1]), (int) Math.rint(at[2])));
        };

        // when: in one sampling
        LabelMap pulled = Pull.nearest(given, map, Hippocampus.GRID);
        Volume warped = Pull.linear(template, map, Hippocampus.GRID, 0);

        // then
        LabelMap written = NiftiReader.readLabels(dir.resolve("out/labels.nii.gz")).withGrid(Hippocampus.GRID);
        assertThat(NiftiReader.readLabels(dir.resolve("out/warped_labels.nii.gz")).labels())
                .isEqualTo(written.labels());
        assertThat(Dice.meanForeground(pulled, written, CHANNELS)).isGreaterThan(0.99);
        assertThat(difference(NiftiReader.readVolume(dir.resolve("out/warped.nii.gz")), warped))
                .as("of intensities up to 1000, where both are known").isLessThan(1);
    }

    /** ITK's and the plain matrix are the report's pose, and the inverse leads back. */
    @Test
    void shouldWriteThePoseForOthersAndSayHowWellTheInverseLeadsBack() throws IOException {
        JsonNode report = report(dir.resolve("out"));
        JsonNode matrix = report.at("/placement/pose/liveToPreoperative");

        Pose itk = TransformText.readItk(Files.readAllLines(dir.resolve("out/pose.tfm")));
        Pose plain = TransformText.readMatrix(Files.readAllLines(dir.resolve("out/pose-ras.txt")), Frame.RAS);

        assertThat(plain).isEqualTo(itk);
        assertThat(itk.shift().x()).isEqualTo(matrix.get(3).asDouble());
        assertThat(itk.rowZ().y()).isEqualTo(matrix.get(9).asDouble());
        JsonNode inverse = report.path("inverse");
        assertThat(inverse.path("meanResidualMm").asDouble()).isLessThan(0.001);
        assertThat(inverse.path("maxResidualMm").asDouble()).isLessThan(0.01);
        assertThat(inverse.path("withinWindow").asDouble()).isBetween(0.5, 1.0);
        assertThat(NiftiReader.displacementGrid(dir.resolve("out/inverse-displacement.nii.gz")).shape())
                .isEqualTo(new int[]{48, 64, 48});
    }

    private static double difference(Volume a, Volume b) {
        double sum = 0;
        int count = 0;
        for (int x = 0; x < a.values().length; x++) {
            if (a.values()[x] != 0 && b.values()[x] != 0) {
                sum += Math.abs(a.values()[x] - b.values()[x]);
                count++;
            }
        }
        assertThat(count).isGreaterThan(a.values().length / 4);
        return sum / count;
    }

    @Test
    void shouldSayWhatWasMeasuredPerStructure() throws IOException {
        JsonNode report = report(dir.resolve("out"));

        assertThat(report.path("status").asText()).isEqualTo("registered");
        assertThat(report.path("model").path("id").asText()).isEqualTo("hippocampus");
        assertThat(report.path("model").path("provider").asText()).isEqualTo("cpu");
        assertThat(report.path("structures")).hasSize(2).allSatisfy(s -> {
            JsonNode truth = s.path("truth");
            assertThat(truth.path("diceAfter").asDouble()).isGreaterThan(truth.path("diceBefore").asDouble());
            assertThat(truth.path("hd95AfterMm").asDouble()).isPositive()
                    .isLessThanOrEqualTo(truth.path("hd95BeforeMm").asDouble());
        });
        assertThat(report.has("rejection")).isFalse();
    }

    @Test
    void shouldBeReadableByNibabel() {
        SystemPython.assumeModules("nibabel", "numpy");

        SystemPython.output("""
                import nibabel as nib, numpy as np
                fixed = nib.load('fixed.nii.gz')
                def check(name, shape, dtype, intent):
                    image = nib.load('out/' + name + '.nii.gz')
                    assert image.shape == shape, (name, image.shape)
                    assert image.get_data_dtype() == dtype, (name, image.get_data_dtype())
                    assert image.header.get_intent()[0] == intent, (name, image.header.get_intent())
                    assert np.allclose(image.affine, fixed.affine, atol=1e-4), (name, image.affine)
                    assert np.isfinite(np.asarray(image.dataobj)).all(), name
                check('labels', fixed.shape, np.uint8, 'label')
                check('warped_labels', fixed.shape, np.uint8, 'label')
                check('warped', fixed.shape, np.float32, 'none')
                check('uncertainty', fixed.shape, np.float32, 'none')
                check('displacement', fixed.shape + (1, 3), np.float32, 'vector')
                """, dir);
    }

    @Test
    void shouldRegisterToDicomSeries() throws IOException {
        Path series = fixed.writeSeries(dir.resolve("series"));

        CommandRun dicom = registerTemplateTo(series, dir.resolve("out-dicom"));

        assertThat(dicom.exitCode()).as(dicom.err()).isZero();
        LabelMap labels = NiftiReader.readLabels(dir.resolve("out-dicom/labels.nii.gz"));
        assertThat(labels.grid().isSameAs(Hippocampus.GRID)).isTrue();
        assertThat(Dice.meanForeground(labels.withGrid(Hippocampus.GRID), fixed.labels(), CHANNELS))
                .isGreaterThan(0.75);
        assertThat(report(dir.resolve("out-dicom")).path("figures").has("diceAfter")).isFalse();
    }

    @Test
    void shouldLeaveNoLabelsWhenRejected() throws IOException {
        // given
        Path flat = dir.resolve("flat.nii.gz");
        NiftiWriter.write(Volume.takeOwnershipOf(Hippocampus.GRID, new float[Hippocampus.GRID.size()]), flat);
        Path out = Files.createDirectories(dir.resolve("out-flat"));
        Files.writeString(out.resolve("labels.nii.gz"), "of an earlier run");

        // when
        CommandRun rejected = registerTemplateTo(flat, out);

        // then
        assertThat(rejected.exitCode()).isEqualTo(1);
        assertThat(out).isDirectoryNotContaining("glob:**.nii.gz");
        JsonNode report = report(out);
        assertThat(report.path("status").asText()).isEqualTo("rejected");
        assertThat(report.path("rejection").path("reason").asText()).isEqualTo("FLAT_IMAGE");
        assertThat(rejected.out()).contains("rejected", "FLAT_IMAGE");
    }

    @Test
    void shouldGoOnAfterBrokenFileAndChooseTheNearestAtlas() throws IOException {
        // given
        Path images = Files.createDirectories(dir.resolve("batch"));
        Path bank = Files.createDirectories(dir.resolve("bank"));
        Hippocampus.deformed(1).elsewhere().writeImage(images.resolve("a.nii.gz"));
        Files.writeString(images.resolve("b.nii.gz"), "broken");
        Hippocampus.deformed(2).elsewhere().writeImage(images.resolve("c.nii.gz"));
        for (int seed = 1; seed <= 2; seed++) {
            Hippocampus.deformed(seed).writeImage(bank.resolve("twin" + seed + ".nii.gz"));
            Hippocampus.deformed(seed).writeLabels(bank.resolve("twin" + seed + "_labels.nii.gz"));
        }

        // when
        CommandRun batch = CommandRun.registerHippocampus("--fixed", images, "--atlas-bank", bank, "--out",
                dir.resolve("out-batch"), "--fit-budget", 0);

        // then
        assertThat(batch.exitCode()).isEqualTo(1);
        assertThat(batch.err()).contains("b.nii.gz");
        assertThat(batch.out()).contains("2 of 3 images registered", "not registered: b");
        assertThat(dir.resolve("out-batch/b")).isEmptyDirectory();
        assertThat(dir.resolve("out-batch/a/labels.nii.gz")).exists();
        assertThat(report(dir.resolve("out-batch/a")).path("images").path("moving").asText())
                .isEqualTo("twin1.nii.gz");
        assertThat(report(dir.resolve("out-batch/c")).path("images").path("moving").asText())
                .isEqualTo("twin2.nii.gz");
    }

    /** By the NIfTI-1 standard: 352 bytes of header and padding, then float32, components slowest. */
    private static MillimetreField displacement(Path file, Grid grid) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            float[] u = new float[3 * grid.size()];
            bytes.position(352).asFloatBuffer().get(u);
            assertThat(bytes.capacity()).isEqualTo(352 + Float.BYTES * u.length);
            return MillimetreField.takeOwnershipOf(grid, u);
        }
    }
}
