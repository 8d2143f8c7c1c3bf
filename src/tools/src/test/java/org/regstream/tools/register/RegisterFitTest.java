package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.quality.Dice;
import org.regstream.core.volume.nifti.NiftiReader;

/** The field fitted to the pair, after the committed network and without it. */
class RegisterFitTest {

    private static final int CHANNELS = 3;

    @TempDir
    Path dir;

    private final Hippocampus fixed = Hippocampus.deformed(7).elsewhere();

    @Test
    void shouldFitTheNetworksFieldToThePair() throws IOException {
        // given
        CommandRun network = register("network", "--fit-budget", "0");

        // when
        CommandRun refined = register("refined", "--refine");

        // then
        assertThat(network.exitCode()).as(network.err()).isZero();
        assertThat(refined.exitCode()).as(refined.err()).isZero();
        assertThat(report("network").has("fit")).isFalse();
        assertThat(report("network").at("/candidates").size()).isEqualTo(2);
        assertThat(report("refined").at("/fit/similarity").asText()).isEqualTo("nlcc");
        assertThat(report("refined").at("/candidates/network-fitted/total").asDouble())
                .isGreaterThan(report("refined").at("/candidates/network/total").asDouble());
        assertThat(refined.out()).contains("labels carried along the field: ");
        assertThat(report("refined").at("/candidates/network-fitted/similarity").asDouble())
                .isGreaterThan(report("refined").at("/candidates/network/similarity").asDouble());
        assertThat(figure("refined", "nlccAfter")).isGreaterThanOrEqualTo(figure("network", "nlccAfter"));
        assertThat(figure("refined", "foldingFraction")).isZero();
        assertThat(figure("refined", "diceAfter")).isCloseTo(dice("refined"), within(1e-9));
    }

    @Test
    void shouldRegisterWithoutTheNetwork() throws IOException {
        // when
        CommandRun run = register("out", "--no-network", "mind");

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(report("out").at("/field").asText()).isEqualTo("fitted");
        assertThat(report("out").at("/fit/similarity").asText()).isEqualTo("mind");
        assertThat(figure("out", "diceAfter")).isGreaterThan(0.75).isGreaterThan(figure("out", "diceBefore"));
        assertThat(figure("out", "foldingFraction")).isZero();
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
