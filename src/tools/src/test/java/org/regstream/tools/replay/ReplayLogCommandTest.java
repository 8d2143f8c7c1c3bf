package org.regstream.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.eventlog.Recording;
import org.regstream.tools.ToolsCli;
import picocli.CommandLine;

class ReplayLogCommandTest {

    @TempDir
    Path folder;

    private final List<String> lines = Recording.whole();

    private record Run(int exitCode, String out, String err) {}

    @Test
    void shouldTellWhatHappenedAndThatAllIsAsRecorded() throws IOException {
        Run run = run(file(lines));

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("procedure p1, recorded by regstream 0.1.0 in run run-1")
                .contains("     1      0.000 s  2", "frame 1 of partition 0: 1 of 3 slices of series 1.",
                        "      -> ask for a turn at the student", "look 1 of the student finds labels of 10 bytes",
                        "      -> show labels 1 of the student", "person-1 takes note of alert",
                        "the clock was set back", "the procedure is over\n")
                .endsWith((lines.size() - 2) + " steps, all as recorded\n");
    }

    @Test
    void shouldReadACompressedLogThatIsCutOff() throws IOException {
        byte[] whole = Recording.gzip(Recording.bytes(lines));
        Path cut = Files.write(folder.resolve("cut.jsonl.gz"), java.util.Arrays.copyOf(whole, whole.length * 2 / 3));

        Run run = run(cut, "--quiet");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("the log is cut off").contains("steps, all as recorded");
    }

    @Test
    void shouldPrintFromAStepOnAndEndAfterAnother() throws IOException {
        Run run = run(file(lines), "--from", 3, "--to", 5);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().filter(line -> line.matches(" +\\d+ +\\d+\\.\\d{3} s .*")).map(String::trim)
                .map(line -> line.substring(0, 1))).isNotEmpty().allMatch(n -> List.of("3", "4", "5").contains(n));
        assertThat(run.out()).endsWith("5 steps, all as recorded\n");
    }

    @Test
    void shouldShowTheFirstStepThatIsNotAsRecorded() throws IOException {
        List<String> altered = new ArrayList<>(lines);
        int step = altered.indexOf(altered.stream().filter(line -> line.contains("show labels 1 of the student"))
                .findFirst().orElseThrow());
        altered.set(step, altered.get(step).replace("show labels 1 of the student", "show labels 9 of the student"));

        Run run = run(file(altered), "--quiet");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("recorded: show labels 9 of the student", "now:      show labels 1 of the student")
                .endsWith("step " + step + " is not as recorded\n");
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() throws IOException {
        assertThat(run(folder.resolve("absent"))).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("absent cannot be read").doesNotContain("\tat ");
        });
        assertThat(run(Files.writeString(folder.resolve("text"), "hello\n"))).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("line 1: ");
        });
    }

    @Test
    void shouldRefuseBadUsage() throws IOException {
        assertThat(run(file(lines), "--from", 5, "--to", 4).err()).contains("--from must be 1 or more");
        assertThat(run(file(lines), "--from", 5, "--to", 4).exitCode()).isEqualTo(2);
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run("--help").out()).contains("FILE", "--from", "--to", "--quiet", "Exit code");
    }

    private Path file(List<String> all) throws IOException {
        return Files.write(folder.resolve("log.jsonl"), Recording.bytes(all));
    }

    private static Run run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new ToolsCli()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("replay-log"), Stream.of(arguments)).map(Object::toString)
                        .toArray(String[]::new));
        return new Run(exitCode, out.toString().replace("\r", ""), err.toString());
    }
}
