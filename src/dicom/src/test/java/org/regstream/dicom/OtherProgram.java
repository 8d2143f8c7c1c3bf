package org.regstream.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other people's DICOM programs for cross-checks; a test whose program is missing is skipped with the reason. */
public final class OtherProgram {
    private static final int TIMEOUT_SECONDS = 120;

    private OtherProgram() {}

    /**
     * What a program printed and how it ended.
     *
     * @param lines    on standard output
     * @param messages on standard error, where libraries that happen to be installed say what nobody asked for
     */
    public record Outcome(int status, List<String> lines, List<String> messages) {

        /** Both, for programs whose answers are their messages. */
        public List<String> said() {
            return Stream.concat(lines.stream(), messages.stream()).toList();
        }
    }

    public static Outcome run(String... command) {
        return run(List.of(command));
    }

    public static Outcome run(List<String> command) {
        assumeTrue(isInstalled(command.get(0)), command.get(0) + " is not installed");
        try {
            Path output = Files.createTempFile("other-program", ".txt");
            Path error = Files.createTempFile("other-program", ".err");
            Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
                    .redirectError(error.toFile()).start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command.get(0) + " did not end within " + TIMEOUT_SECONDS + " s");
            }
            return new Outcome(process.exitValue(), takeLines(output), takeLines(error));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command.get(0) + " was interrupted", e);
        }
    }

    private static List<String> takeLines(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.delete(file);
        return text.lines().toList();
    }

    /** Runs a script of the test resources in Debian's own Python, which has pydicom where it is installed. */
    public static List<String> python(String script, List<String> arguments) {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "no " + python);
        assumeTrue(run(python.toString(), "-c", "import numpy, pydicom").status() == 0, "pydicom is not installed");
        try (InputStream in = OtherProgram.class.getResourceAsStream(script)) {
            Path file = Files.createTempFile("script", ".py");
            Files.write(file, in.readAllBytes());
            List<String> command = new ArrayList<>(List.of(python.toString(), file.toString()));
            command.addAll(arguments);
            Outcome outcome = run(command);
            Files.delete(file);
            if (outcome.status() != 0) {
                throw new AssertionError(script + " failed: " + outcome);
            }
            return outcome.lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder of the shared data set, where there is one. */
    public static Path sharedData(String name) {
        Path folder = Path.of(System.getProperty("regstream.data", "")).resolve(name);
        assumeTrue(Files.isDirectory(folder), "no shared data at " + folder + " (system property regstream.data)");
        return folder;
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder).resolve(program))) {
                return true;
            }
        }
        return false;
    }
}
