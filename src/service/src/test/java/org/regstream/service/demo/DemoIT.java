package org.regstream.service.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.onnx.EnsemblePackage;

/** The packaged application's demo, as a newcomer runs it. */
class DemoIT {

    private static final long LIMIT_SECONDS = 180;
    private static final Pattern ROW = Pattern.compile(" *\\d+ +[\\d.]+ ms +[\\d.]+ ms +-?[\\d.]+ ms +.*");
    /** The ensemble's line of a volume, with the Dice it predicts. */
    private static final Pattern SECOND_LOOK = Pattern
            .compile(" *\\d+\\+ +[\\d.]+ ms +[\\d.]+ ms +anterior hippocampus [\\d.]+ \\(0\\.73\\), .*");
    /** 128 + 15: how a Java machine ends on SIGTERM. */
    private static final int TERMINATED = 143;

    private final Path shipped = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");
    private final Path app = Path.of(System.getProperty("regstream.app", "missing"));

    @TempDir
    Path folder;

    @BeforeEach
    void requireApplication() {
        assumeTrue(Files.exists(app), "skipped: the application is not packaged (" + app + ")");
        assumeTrue(Files.exists(shipped.resolve("template/image.nii.gz")), "skipped: no template in " + shipped);
    }

    @Test
    void shouldRegisterFiveVolumesAndEndCleanly() throws Exception {
        Path report = folder.resolve("latency.json");

        Path model = EnsemblePackage.write(shipped, folder.resolve("hippocampus"));

        Process demo = start(model, "--volumes", "5", "--report", report.toString());

        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(() -> output()).isTrue();
        assertThat(demo.exitValue()).as(() -> output()).isZero();
        assertThat(rows(ROW)).hasSize(5).allSatisfy(row -> assertThat(row).contains("anterior hippocampus"));
        assertThat(rows(SECOND_LOOK)).isNotEmpty();
        JsonNode summary = new ObjectMapper().readTree(report.toFile());
        assertThat(summary.path("volumes").asInt()).isEqualTo(5);
        for (JsonNode dice : summary.path("dice")) {
            assertThat(dice.path("registered").asDouble()).isGreaterThan(dice.path("unregistered").asDouble());
        }
        assertThat(summary.path("ensemble").path("volumes").asInt()).isBetween(1, 5);
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void shouldStopCleanlyWhenTerminated() throws Exception {
        Process demo = start(shipped);
        awaitRow(demo);

        demo.destroy();

        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).as(() -> output()).isTrue();
        assertThat(demo.exitValue()).isEqualTo(TERMINATED);
        assertThat(output()).contains("volumes registered");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void shouldSayWhatIsMissingWithoutModel() throws Exception {
        Process demo = start(folder.resolve("absent"), "--volumes", "1");

        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(1);
        assertThat(output()).contains("absent").doesNotContain("\tat ");
    }

    /** With a folder of its own for temporary files, so that what is left behind is seen. */
    private Process start(Path modelPackage, String... options) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                "-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary, "-jar", app.toString(), "demo", "--no-page",
                "--rate", "1",
                "--model", modelPackage.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    private void awaitRow(Process demo) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (rows(ROW).isEmpty()) {
            assertThat(System.nanoTime() - end).as(() -> output()).isNegative();
            assertThat(demo.waitFor(200, TimeUnit.MILLISECONDS)).as(() -> output()).isFalse();
        }
    }

    private List<String> rows(Pattern pattern) {
        try (Stream<String> lines = output().lines()) {
            return lines.filter(line -> pattern.matcher(line).matches()).toList();
        }
    }

    /** The broker's records and uploaded images; libraries leave their own folders, without patient data. */
    private List<Path> leftBehind() throws IOException {
        try (Stream<Path> tree = Files.walk(folder.resolve("tmp"))) {
            return tree.filter(path -> path.toString().contains("regstream-")
                    || Files.isRegularFile(path) && path.toString().contains("uploads")).toList();
        }
    }

    private Path log() {
        return folder.resolve("demo.log");
    }

    private String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
