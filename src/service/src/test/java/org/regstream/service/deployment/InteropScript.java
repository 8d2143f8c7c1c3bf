package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A script of {@code deploy/interop}, run as an operator would. */
public final class InteropScript {

    /** What each script ends with where a program that it needs is missing. */
    private static final int MISSING = 77;

    private InteropScript() {}

    /** How it ended and what it said. */
    public record Outcome(int status, String output) {}

    /** Skips the test where a program is missing; Python scripts run in Debian's own, which has pydicom where it is installed. */
    public static Outcome run(Duration limit, String script, Object... arguments)
            throws IOException, InterruptedException {
        Path file = Path.of(System.getProperty("regstream.root", "."), "deploy/interop", script);
        List<String> command = new ArrayList<>(script.endsWith(".py") ? List.of("/usr/bin/python3") : List.of("bash"));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin").resolve(Path.of(command.get(0)).getFileName())),
                "skipped: no " + command.get(0));
        command.add(file.toString());
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        Path said = Files.createTempFile("interop", ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        process.destroy();
        String output = Files.readString(said, StandardCharsets.UTF_8);
        Files.delete(said);
        assertThat(ended).as("%s ends within %s: %s", script, limit, output).isTrue();
        assumeTrue(process.exitValue() != MISSING, "skipped: " + output.strip());
        return new Outcome(process.exitValue(), output);
    }
}
