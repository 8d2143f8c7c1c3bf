package org.regstream.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.quality.Dice;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;

/** The field fitted to the pair, after the committed network and without it. */
class RegisterFitTest {

    private static final int CHANNELS = 3;

    @TempDir
    Path dir;

    private final Hippocampus fixed = Hippocampus.deformed(7).elsewhere();

    @Test
    void shouldRefineTheNetworksField() throws IOException {
        // given
        CommandRun network = register("network");

        // when
        CommandRun refined = register("refined", "--refine");

        // then
        assertThat(network.exitCode()).as(network.err()).isZero();
        assertThat(refined.exitCode()).as(refined.err()).isZero();
        JsonNode fit = report("refined").path("fit");
        assertThat(report("network").has("fit")).isFalse();
        assertThat(fit.path("start").asText()).isEqualTo("network");
        assertThat(fit.path("similarity").asText()).isEqualTo("nlcc");
        assertThat(fit.path("kept").asBoolean()).isTrue();
        assertThat(fit.at("/after/objective").asDouble()).isLessThan(fit.at("/before/objective").asDouble());
        assertThat(fit.at("/after/dissimilarity").asDouble()).isLessThan(fit.at("/before/dissimilarity").asDouble());
        assertThat(refined.out()).contains("fitted to the pair from network by nlcc", "kept");
        assertThat(figure("refined", "nlccAfter")).isGreaterThan(figure("network", "nlccAfter"));
        assertThat(figure("refined", "foldingFraction")).isZero();
        // a better fit of the images need not be one of the labels: the network's field follows its refined labels
        assertThat(figure("refined", "diceAfter")).isCloseTo(dice("refined"), within(1e-9))
                .isGreaterThan(figure("network", "diceAfter") - 0.02);
    }

    @Test
    void shouldRegisterWithoutTheNetwork() throws IOException {
        // when
        CommandRun run = register("out", "--no-network", "mind");

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(report("out").at("/fit/start").asText()).isEqualTo("nothing");
        assertThat(report("out").at("/fit/similarity").asText()).isEqualTo("mind");
        assertThat(figure("out", "diceAfter")).isGreaterThan(0.75).isGreaterThan(figure("out", "diceBefore"));
        assertThat(figure("out", "foldingFraction")).isZero();
    }

    @Test
    void shouldNotCallItARegistrationWhenNothingWasFound() {
        // given: two flat images, which every field fits alike
        ModelGrid window = new ModelGrid(12, 12, 12, 1, "RAS");
        Grid grid = new Grid(12, 12, 12, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        Volume flat = Volume.takeOwnershipOf(grid, new float[grid.size()]);
        RegistrationModel fitting = new Fitting(Fitting.Start.NOTHING, Similarity.NLCC)
                .over(FakeModel.shifting(window, 0, 0, 0), fitted -> fail("there is nothing to report"));

        // when, then
        assertThatThrownBy(() -> fitting.predict(flat, flat,
                LabelProbabilities.oneHot(RandomData.labels(grid, CHANNELS, 1), CHANNELS)))
                .isInstanceOf(ModelException.class).hasMessageContaining("no field fits the pair better than none");
    }

    private CommandRun register(String folder, Object... more) {
        Object[] arguments = {"--fixed", fixed.writeImage(dir.resolve("fixed.nii.gz")), "--fixed-labels",
                fixed.writeLabels(dir.resolve("truth.nii.gz")), "--moving", Hippocampus.TEMPLATE, "--moving-labels",
                Hippocampus.TEMPLATE_LABELS, "--out", dir.resolve(folder)};
        return CommandRun.registerHippocampus(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray());
    }

    private double dice(String folder) {
        return Dice.meanForeground(
                NiftiReader.readLabels(dir.resolve(folder + "/labels.nii.gz")).withGrid(Hippocampus.GRID),
                fixed.labels(), CHANNELS);
    }

    private double figure(String folder, String name) throws IOException {
        return report(folder).path("figures").path(name).asDouble();
    }

    private JsonNode report(String folder) throws IOException {
        return new ObjectMapper().readTree(dir.resolve(folder).resolve("report.json").toFile());
    }
}
