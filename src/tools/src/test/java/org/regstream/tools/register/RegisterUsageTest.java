package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is read. */
class RegisterUsageTest {

    @TempDir
    Path dir;

    @Test
    void shouldExplainItself() {
        CommandRun run = CommandRun.register("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--fixed", "--moving", "--moving-labels", "--atlas-bank", "--align", "--out",
                "report.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--moving m --moving-labels l --out o | --fixed",
            "--fixed f --out o | --atlas-bank", "--fixed f --moving m --out o | --moving-labels",
            "--fixed f --moving m --moving-labels l | --out",
            "--fixed f --moving m --moving-labels l --atlas-bank b --out o | expected only one match",
            "--fixed f --moving m --moving-labels l --out o --align sideways | centre, world or auto, got sideways",
            "--fixed f --moving m --moving-labels l --out o --refine magic | nlcc or mind, got magic",
            "--fixed f --moving m --moving-labels l --out o --refine --no-network | choose one",
            "--fixed f --moving m --moving-labels l --out o --provider abacus | abacus",
            "--fixed f --moving m --moving-labels l --out o --threads -1 | 0 to 1024, got -1",
            "--fixed f --moving o/warped.nii.gz --moving-labels l --out o | would be overwritten",
            "--fixed f --atlas-bank b --align world --out o | centre"})
    void shouldRefuseBadUsage(String arguments, String reason) {
        CommandRun run = CommandRun.register((Object[]) arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
    }

    @Test
    void shouldFailOnMissingFileWithoutLeavingImages() {
        CommandRun run = CommandRun.registerHippocampus("--fixed", dir.resolve("absent.nii.gz"), "--moving",
                Hippocampus.TEMPLATE, "--moving-labels", Hippocampus.TEMPLATE_LABELS, "--out", dir.resolve("out"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("absent.nii.gz").doesNotContain("\tat ");
        assertThat(dir.resolve("out")).as("nothing was begun").doesNotExist();
    }

    @Test
    void shouldKeepInputsThatLieAmongTheOutputs() throws Exception {
        Path input = Files.writeString(dir.resolve("warped.nii.gz"), "mine");

        CommandRun run = CommandRun.registerHippocampus("--fixed", input, "--moving", Hippocampus.TEMPLATE,
                "--moving-labels", Hippocampus.TEMPLATE_LABELS, "--out", dir);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(input).hasContent("mine");
    }
}
