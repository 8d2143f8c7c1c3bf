package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandOptionsTest {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({"--volumes=0, 1 or more", "--volumes=x, not an int", "--rate=0, 0.01 to 100", "--rate=NaN, 0.01 to 100",
            "--amplitude=30, 0 to 20 mm", "--noise=2, 0 to 1", "--port=70000, 0 to 65535",
            "--broker-port=-1, 0 to 65535", "--timeout=0, 1 to 3600 s", "--warm-up=-1, 0 or more",
            "--nonsense, Unknown"})
    void shouldRefuseDemoOption(String option, String reason) {
        assertThat(execute(new DemoCommand(), option)).isEqualTo(WRONG_USAGE);
        assertThat(err.toString()).contains(reason);
    }

    @Test
    void shouldNameMissingModelPackage(@TempDir Path folder) {
        Path absent = folder.resolve("absent");

        assertThat(execute(new DemoCommand(), "--volumes=1", "--model=" + absent)).isEqualTo(FAILED);
        assertThat(err.toString()).startsWith("regstream demo: ").contains(absent.toString());
    }

    @Test
    void shouldRefuseReplayWithoutFolderOrWithWrongRate(@TempDir Path folder) {
        assertThat(execute(new ReplayCommand())).isEqualTo(WRONG_USAGE);
        assertThat(err.toString()).contains("--folder");
        assertThat(execute(new ReplayCommand(), "--folder=" + folder, "--rate=-1")).isEqualTo(WRONG_USAGE);
        assertThat(err.toString()).contains("--rate must lie in");
    }

    @Test
    void shouldSayThatReplayFolderHoldsNoImages(@TempDir Path folder) {
        assertThat(execute(new ReplayCommand(), "--folder=" + folder)).isEqualTo(FAILED);
        assertThat(err.toString()).contains("regstream replay: ").contains("holds no DICOM file");
    }

    private int execute(Object command, String... options) {
        return new CommandLine(command).setErr(new PrintWriter(err, true)).execute(options);
    }
}
