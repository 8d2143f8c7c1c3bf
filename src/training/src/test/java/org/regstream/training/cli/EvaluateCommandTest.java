package org.regstream.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.training.TinyTask;

/** Comparisons of rows that train nothing, from the command line to their files. */
class EvaluateCommandTest {

    /** So many that two validate. */
    private static final int IMAGES = 8;

    @TempDir
    Path folder;
    private final StringWriter console = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeImages() throws IOException {
        TinyTask.write(folder.resolve("data"), IMAGES);
    }

    private int evaluate(String... arguments) {
        String[] all = new String[arguments.length + 5];
        System.arraycopy(new String[]{"evaluate", "--data", folder.resolve("data").toString(), "--out",
                folder.resolve("out").toString()}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return TrainingCli.line().setOut(new PrintWriter(console)).setErr(new PrintWriter(err)).execute(all);
    }

    @Test
    void shouldWriteTablesAndReportOfTheRowsAskedFor() throws IOException {
        int code = evaluate("--methods", "unregistered,initial,deeds", "--protocol", "atlas", "--epochs", "3", "--seed",
                "9");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        Path out = folder.resolve("out");
        assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(1 + 2 * 2);
        assertThat(out.resolve("results.json")).isNotEmptyFile();
        assertThat(out.resolve("results.md")).content().contains("atlas protocol, 2 cases; each training: 3 epochs of 6"
                + " images, seed 9; preset fast, adam 3.0e-4", "--deeds-command was not given");
        assertThat(out.resolve("report.html")).content()
                .contains("--methods unregistered,initial,deeds --protocol atlas --epochs 3 --seed 9");
        assertThat(out.resolve("unregistered/pictures/contours.png")).isNotEmptyFile();
        assertThat(console.toString()).contains("| Initial |", "report.html");
    }

    @Test
    void shouldContinueAComparisonOnlyWhenAskedTo() {
        evaluate("--methods", "unregistered");

        assertThat(evaluate("--methods", "unregistered,initial")).isEqualTo(1);
        assertThat(err.toString()).contains("add --resume");
        assertThat(evaluate("--methods", "unregistered,initial", "--resume")).isZero();
        assertThat(evaluate("--methods", "initial", "--resume", "--seed", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("other terms");
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(evaluate()).isEqualTo(1);
        assertThat(err.toString()).contains("--model", "--methods");
        assertThat(evaluate("--methods", "nothing-like-it")).isEqualTo(1);
        assertThat(err.toString()).contains("choose from all, unregistered, voxelmorph");
        assertThat(evaluate("--methods", "syn", "--syn-command", "syn {fixed}")).isEqualTo(1);
        assertThat(err.toString()).contains("without {moving}");
    }
}
