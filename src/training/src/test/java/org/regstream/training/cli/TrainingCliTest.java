package org.regstream.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regstream.training.TinyTask;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Precision;
import picocli.CommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCliTest {

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return TrainingCli.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "export", "evaluate", "calibrate", "template"})
    void shouldExplainEachCommand(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: regstream " + command, "--data");
    }

    @Test
    void shouldRefuseAMissingDataFolderInOneSentence() {
        int code = run("train", "--data", folder.resolve("none").toString(), "--out", folder.toString(), "--precision",
                "float32");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("expected a folder with images/ and labels/").doesNotContain("\tat ");
    }

    @Test
    void shouldNotOverwriteARun() throws IOException {
        Files.write(folder.resolve("checkpoint.bin"), new byte[1]);

        assertThat(run("train", "--data", "anything", "--out", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("add --resume");
    }

    @Test
    void shouldNotChangeARunOnResume() throws IOException {
        Files.write(folder.resolve("checkpoint.bin"), new byte[1]);

        assertThat(run("train", "--resume", "--seed", "2", "--data", "anything", "--out", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--seed belongs to the run");
    }

    @Test
    void shouldNameTheMissingRun() {
        assertThat(run("export", "--run", folder.toString(), "--data", "x", "--out", "y")).isEqualTo(1);
        assertThat(err.toString()).contains("checkpoint.bin is missing");
    }

    @Test
    void shouldTellWrongUsage() {
        assertThat(run("train")).isEqualTo(2);
        assertThat(err.toString()).contains("--data");
    }

    @Test
    void shouldTellTheOptionsThatASettingsCameFrom() {
        String[] options = {"--seed", "5", "--epochs", "7", "--share", "0.9", "--preset", "PAPER", "--flow",
                "DISPLACEMENT", "--direction", "FORWARD", "--teacher", "AS_TC", "--rate", "0.01", "--cycles", "3",
                "--uncertainty", "0.25", "--optimiser", "SGD"};
        TrainingSettings settings = parsed(options);

        String told = settings.options().replace(" --precision FLOAT32", "");

        assertThat(parsed(told.split(" "))).isEqualTo(settings);
        assertThat(settings.seed()).isEqualTo(5);
        assertThat(settings.objective().uncertainty()).isEqualTo(0.25);
    }

    private static TrainingSettings parsed(String... options) {
        RunOptions run = new RunOptions();
        new CommandLine(run).parseArgs(options);
        return run.settings(TinyTask.TASK, Precision.FLOAT32);
    }
}
