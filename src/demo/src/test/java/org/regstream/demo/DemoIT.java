package org.regstream.demo;

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
    private static final Pattern ROW = Pattern.compile(" *\\d+ +([\\d.]+ ms +){4}-?[\\d.]+ ms +.*");
    /** The ensemble's line of a volume, with the Dice it predicts. */
    private static final Pattern SECOND_LOOK = Pattern
            .compile(" *\\d+\\+ +([\\d.]+ ms +){4}anterior hippocampus [\\d.]+ \\(0\\.73\\), .*");
    /** 128 + 15: how a Java machine ends on SIGTERM. */
    private static final int TERMINATED = 143;

    private final Path shipped = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");

    @TempDir
    Path folder;

    @BeforeEach
    void requireApplication() {
        DemoProcess.requireApplication();
        assumeTrue(Files.exists(shipped.resolve("template/image.nii.gz")), "skipped: no template in " + shipped);
    }

    @Test
    void shouldRegisterFiveVolumesAndEndCleanly() throws Exception {
        Path report = folder.resolve("latency.json");

        Path model = EnsemblePackage.write(shipped, folder.resolve("hippocampus"));

        DemoProcess demo = start(model, "--volumes", "5", "--report", report.toString());

        assertThat(demo.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(demo::output).isTrue();
        assertThat(demo.process().exitValue()).as(demo::output).isZero();
        assertThat(rows(demo, ROW)).hasSize(5).allSatisfy(row -> assertThat(row).contains("anterior hippocampus"));
        assertThat(rows(demo, SECOND_LOOK)).isNotEmpty();
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
        DemoProcess demo = start(shipped);
        awaitRow(demo);

        demo.process().destroy();

        assertThat(demo.process().waitFor(60, TimeUnit.SECONDS)).as(demo::output).isTrue();
        assertThat(demo.process().exitValue()).isEqualTo(TERMINATED);
        assertThat(demo.output()).contains("volumes registered").doesNotContain(" ERROR ", "\tat ");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void shouldSayWhatIsMissingWithoutModel() throws Exception {
        DemoProcess demo = start(folder.resolve("absent"), "--volumes", "1");

        assertThat(demo.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.process().exitValue()).isEqualTo(1);
        assertThat(demo.output()).contains("absent").doesNotContain("\tat ");
    }

    private DemoProcess start(Path modelPackage, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--rate", "1"));
        all.addAll(List.of(options));
        return DemoProcess.start(folder, modelPackage, List.of(), all.toArray(String[]::new));
    }

    private static void awaitRow(DemoProcess demo) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (rows(demo, ROW).isEmpty()) {
            assertThat(System.nanoTime() - end).as(demo::output).isNegative();
            assertThat(demo.process().waitFor(200, TimeUnit.MILLISECONDS)).as(demo::output).isFalse();
        }
    }

    private static List<String> rows(DemoProcess demo, Pattern pattern) {
        try (Stream<String> lines = demo.output().lines()) {
            return lines.filter(line -> pattern.matcher(line).matches()).toList();
        }
    }

    /** The broker's records and uploaded images; libraries leave their own folders, without patient data. */
    private List<Path> leftBehind() throws IOException {
        try (Stream<Path> tree = Files.walk(DemoProcess.temporary(folder))) {
            return tree.filter(path -> path.toString().contains("regstream-")
                    || Files.isRegularFile(path) && path.toString().contains("uploads")).toList();
        }
    }
}
