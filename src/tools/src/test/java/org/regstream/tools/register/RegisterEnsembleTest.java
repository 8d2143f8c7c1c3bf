package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.core.warp.Resample;
import org.regstream.onnx.EnsemblePackage;

/**
 * The command with a package whose ensemble is known by hand: one member leaves everything in its place, the other pulls by one
 * voxel. The fixed image is the template in a field of view wider than the network's window.
 */
class RegisterEnsembleTest {

    /** The template's middle; 8 voxels and more beyond the window of 48 x 64 x 48 on each side. */
    private static final Grid WIDE = wide();
    private static final String[] ENSEMBLE_ONLY = {"displacement_spread.nii.gz"};

    @TempDir
    static Path folder;
    private static Path model;
    private static Path fixed;

    @BeforeAll
    static void makePackage() throws IOException {
        assumeTrue(Files.isDirectory(Hippocampus.MODEL), "there is no model package models/hippocampus to run");
        model = EnsemblePackage.write(Hippocampus.MODEL, folder.resolve("hippocampus"));
        fixed = folder.resolve("fixed.nii.gz");
        NiftiWriter.write(Resample.linear(NiftiReader.readVolume(Hippocampus.TEMPLATE), WIDE, 0), fixed);
    }

    private static Grid wide() {
        Vector3 middle = NiftiReader.readVolume(Hippocampus.TEMPLATE).grid().centre();
        Grid atOrigin = new Grid(64, 80, 64, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        return Hippocampus.movedBy(atOrigin, middle.minus(atOrigin.centre()));
    }

    @Test
    void shouldWriteTheEnsemblesLabelsAndMaps() throws IOException {
        // when
        CommandRun run = register("out");

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("predicted Dice 0.731");
        LabelMap labels = NiftiReader.readLabels(folder.resolve("out/labels.nii.gz"));
        assertThat(labels.count(1)).isPositive();
        assertThat(labels.grid().shape()).containsExactly(WIDE.shape());
        int middle = WIDE.offset(32, 40, 32);
        assertThat(map("displacement_spread").values()[middle]).isCloseTo(0.5f, within(1e-5f));
        assertThat(map("expected_error").values()[middle]).isCloseTo(FakeModel.EXPECTED_ERROR, within(1e-5f));
        assertThat(map("uncertainty").values()).isEqualTo(map("label_entropy").values());
    }

    /** 0 would read as certain where no network has looked. */
    @Test
    void shouldSayNothingWhereTheNetworkDidNotLook() throws IOException {
        // when
        register("beyond");

        // then
        for (String name : new String[]{"uncertainty", "label_entropy", "expected_error",
                "displacement_spread"}) {
            Volume map = NiftiReader.readVolume(folder.resolve("beyond").resolve(name + ".nii.gz"));
            assertThat(map.values()[0]).as(name).isNaN();
            assertThat(map.values()[WIDE.offset(32, 40, 32)]).as(name).isNotNaN();
        }
    }

    @Test
    void shouldReportWhatTheMembersSay() throws IOException {
        // when
        register("reported");

        // then
        JsonNode report = report("reported");
        assertThat(report.at("/model/network").asText()).isEqualTo("ensemble");
        JsonNode structure = report.at("/structures/0");
        assertThat(structure.at("/predictedDice").asDouble()).isCloseTo(EnsemblePackage.PREDICTED_DICE, within(1e-9));
        assertThat(structure.at("/verdict/low90").asDouble()).isLessThan(EnsemblePackage.PREDICTED_DICE);
        assertThat(structure.at("/verdict/high90").asDouble()).isGreaterThan(EnsemblePackage.PREDICTED_DICE);
        assertThat(structure.at("/features/agreement").asDouble()).isBetween(0.5, 1.0);
        assertThat(report.at("/labelSource").asText()).isEqualTo("carried");
        assertThat(report.at("/candidates").has(report.at("/field").asText())).isTrue();
    }

    @Test
    void shouldLeaveTheEnsembleOutWhenAskedTo() throws IOException {
        // given: an earlier run with it
        register("alone");

        // when
        CommandRun run = register("alone", "--student-only");

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(report("alone").at("/model/network").asText()).isEqualTo("student");
        assertThat(report("alone").at("/structures/0/predictedDice").isMissingNode()).isTrue();
        assertThat(folder.resolve("alone/warped_labels.nii.gz")).exists();
        for (String name : ENSEMBLE_ONLY) {
            assertThat(folder.resolve("alone").resolve(name)).doesNotExist();
        }
    }

    private static CommandRun register(String out, String... options) {
        Object[] arguments = new Object[12 + options.length];
        Object[] common = {"--model", model, "--threads", 1, "--fixed", fixed, "--moving", Hippocampus.TEMPLATE,
                "--moving-labels", Hippocampus.TEMPLATE_LABELS, "--out", folder.resolve(out)};
        System.arraycopy(common, 0, arguments, 0, common.length);
        System.arraycopy(options, 0, arguments, common.length, options.length);
        return CommandRun.register(arguments);
    }

    private static Volume map(String name) {
        return NiftiReader.readVolume(folder.resolve("out").resolve(name + ".nii.gz"));
    }

    private static JsonNode report(String out) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(out).resolve("report.json").toFile());
    }
}
