package org.regstream.navigation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client made of the reference C++ library, built once a run; tests are skipped with the reason where it is missing. */
public final class ReferenceClient {

    private static final Path HEADERS = Path.of("/usr/include/openigtlink");
    private static final long LIMIT_SECONDS = 120;
    private static Path program;

    private ReferenceClient() {}

    /** Builds it, or skips the calling test. */
    public static synchronized void assumeThere() {
        if (program != null) {
            return;
        }
        assumeTrue(Files.isDirectory(HEADERS), "skipped: no " + HEADERS + " (Debian: libopenigtlink-dev)");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/g++")), "skipped: no /usr/bin/g++ (Debian: g++)");
        try {
            Path built = Files.createTempDirectory("igtl").resolve("client");
            Path source = Path.of(System.getProperty("regstream.root"), "src/navigation/src/test/igtl/client.cpp");
            Outcome outcome = run(List.of("/usr/bin/g++", "-std=c++11", "-w", "-I", HEADERS.toString(),
                    source.toString(), "-o", built.toString(), "-lOpenIGTLink", "-lpthread"));
            if (outcome.status != 0) {
                throw new AssertionError("g++ failed: " + outcome.lines);
            }
            program = built;
        } catch (IOException e) {
            throw new AssertionError("the reference client could not be built", e);
        }
    }

    /** @param steps as in the head of client.cpp
     *  @return a line for each message it unpacked
     *  @throws AssertionError if it fails */
    public static List<String> talk(int port, String... steps) {
        assumeThere();
        List<String> command = new ArrayList<>(List.of(program.toString(), String.valueOf(port)));
        command.addAll(Arrays.asList(steps));
        Outcome outcome = run(command);
        if (outcome.status != 0) {
            throw new AssertionError("the reference client failed: " + outcome.lines);
        }
        return outcome.lines;
    }

    private record Outcome(int status, List<String> lines) {}

    private static Outcome run(List<String> command) {
        try {
            Path output = Files.createTempFile("igtl", ".txt");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command.get(0) + " did not end within " + LIMIT_SECONDS + " s");
            }
            List<String> lines = Files.readString(output, StandardCharsets.ISO_8859_1).lines().toList();
            Files.delete(output);
            return new Outcome(process.exitValue(), lines);
        } catch (IOException e) {
            throw new AssertionError(command.get(0) + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + command.get(0) + " ran", e);
        }
    }
}
