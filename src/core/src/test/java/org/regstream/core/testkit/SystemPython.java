package org.regstream.core.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The system's Python as a second opinion; tests that need a module it lacks are skipped with that reason. */
public final class SystemPython {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final long LIMIT_SECONDS = 120;

    private SystemPython() {}

    /** Skips the calling test unless these modules can be imported. */
    public static void assumeModules(String... modules) {
        assumeTrue(Files.isExecutable(PYTHON), "skipped: no " + PYTHON + " on this machine");
        String imports = "import " + String.join(", ", modules);
        assumeTrue(run(imports, Path.of(".")).exit == 0, "skipped: " + PYTHON + " cannot '" + imports + "'");
    }

    /** @param directory where the script runs
     *  @return what it printed
     *  @throws AssertionError if it fails or takes more than two minutes */
    public static String output(String script, Path directory) {
        Result result = run(script, directory);
        if (result.exit != 0) {
            throw new AssertionError("python ended with " + result.exit + ":\n" + result.output);
        }
        return result.output;
    }

    private record Result(int exit, String output) {}

    private static Result run(String script, Path directory) {
        try {
            Path log = Files.createTempFile("python", ".log");
            Process process = new ProcessBuilder(PYTHON.toString(), "-c", script).directory(directory.toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("python did not end within " + LIMIT_SECONDS + " s");
            }
            String output = Files.readString(log, StandardCharsets.UTF_8);
            Files.delete(log);
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new AssertionError("python could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while python ran", e);
        }
    }
}
