package org.regstream.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged application's demo as a process of its own, with its own folder of temporary files, so that what is left behind is seen. */
public final class DemoProcess {

    private static final Path APP = Path.of(System.getProperty("regstream.app", "missing"));

    private final Process process;
    private final Path log;

    private DemoProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Skips a test where there is nothing to start. */
    public static void requireApplication() {
        assumeTrue(Files.exists(APP), "skipped: the application is not packaged (" + APP + ")");
    }

    /**
     * @param folder   for temporary files, see {@link #temporary}, and output
     * @param settings of the Java machine
     * @param options  of the demo
     */
    public static DemoProcess start(Path folder, Path model, List<String> settings, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary(folder))));
        command.addAll(settings);
        command.addAll(List.of("-jar", APP.toString(), "demo", "--no-page", "--model", model.toString()));
        command.addAll(List.of(options));
        Path log = folder.resolve("demo.log");
        return new DemoProcess(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    public static Path temporary(Path folder) {
        return folder.resolve("tmp");
    }

    public Process process() {
        return process;
    }

    /** Both streams, as far as they have come. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
