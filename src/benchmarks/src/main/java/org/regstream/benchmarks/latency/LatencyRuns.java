package org.regstream.benchmarks.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.regstream.core.RegstreamException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the demo of one build, or of several in turn so that a machine that is shared is as slow for each, and compares what their reports say. */
@Command(name = "latency.sh", mixinStandardHelpOptions = true, sortOptions = false, description = "From the last slice handed to the broker until a display has the labels: p50, p95, "
        + "p99 and longest, by the demo of one build, or of several in turn; medians over the rounds, and how many times those of the first build.")
public final class LatencyRuns implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    /** Beyond the volumes' own time: a start, and volumes that are overtaken. */
    private static final int MORE_MINUTES = 10;
    /** Field of the report, in words. */
    private static final Map<String, String> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("totalMillis", "last slice in to labels out");
        MEASURES.put("queueMillis", "waiting for the network");
        MEASURES.put("modelMillis", "the network alone");
        MEASURES.put("fieldMillis", "fit and choice of the field");
        MEASURES.put("ownMillis", "the service's own share");
    }

    @Option(names = "--app", paramLabel = "NAME=JAR", description = "quarkus-run.jar of a build, may be repeated (default: this one's)")
    Map<String, Path> apps = Map.of("this", Path.of("src/demo/target/quarkus-app/quarkus-run.jar"));

    @Option(names = "--rounds", defaultValue = "3", description = "runs of each (default: ${DEFAULT-VALUE})")
    int rounds;

    @Option(names = "--volumes", defaultValue = "60", description = "of each run (default: ${DEFAULT-VALUE})")
    int volumes;

    @Option(names = "--rate", defaultValue = "1", description = "volumes a second (default: ${DEFAULT-VALUE})")
    double rate;

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LatencyRuns()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, List<JsonNode>> reports = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, Path> app : apps.entrySet()) {
                System.err.printf("round %d of %d: %s%n", round, rounds, app.getKey());
                reports.computeIfAbsent(app.getKey(), name -> new ArrayList<>()).add(run(app.getValue()));
            }
        }
        print(reports);
        return 0;
    }

    private JsonNode run(Path jar) throws IOException, InterruptedException {
        Path report = Files.createTempFile("latency-", ".json");
        Path log = Files.createTempFile("latency-", ".log");
        Process demo = new ProcessBuilder(JAVA.toString(), "-jar", jar.toAbsolutePath().toString(), "demo", "--volumes",
                String.valueOf(volumes), "--rate", String.valueOf(rate), "--quiet", "--no-failure", "--no-page",
                "--report", report.toString()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).directory(root(jar)).start();
        try {
            if (!demo.waitFor((long) (volumes / rate) + TimeUnit.MINUTES.toSeconds(MORE_MINUTES), TimeUnit.SECONDS)
                    || demo.exitValue() != 0) {
                throw new RegstreamException(
                        "the demo of " + jar + " did not end well; it said, at last: " + lastLine(log));
            }
            return JSON.readTree(report.toFile());
        } finally {
            demo.destroyForcibly();
            Files.delete(report);
            Files.delete(log);
        }
    }

    /** Each build looks for its own model package beside its sources. */
    private static File root(Path jar) {
        for (Path folder = jar.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("models"))) {
                return folder.toFile();
            }
        }
        throw new RegstreamException(
                "no folder above " + jar + " has a folder models; give the jar where its build has put it");
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readString(log).lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    }

    private void print(Map<String, List<JsonNode>> reports) {
        System.out.printf("%d volumes, %s a second, medians of %d runs; overtaken: %s%n%n", volumes, rate, rounds,
                overtaken(reports));
        System.out.println("| ms | p50 | p95 | p99 | longest |\n|---|---|---|---|---|");
        MEASURES.forEach((field, words) -> rows(field, words, reports).forEach(System.out::println));
    }

    /** A build that does not tell a measure has no row of it. */
    static List<String> rows(String field, String words, Map<String, List<JsonNode>> reports) {
        Map<String, Spread> medians = new LinkedHashMap<>();
        reports.forEach((name, of) -> {
            if (of.stream().allMatch(report -> report.has(field))) {
                medians.put(name, Spread.median(of.stream().map(report -> Spread.of(report.path(field))).toList()));
            }
        });
        List<String> rows = new ArrayList<>();
        medians.forEach((name, median) -> rows.add("| " + words + ", " + name + " " + median.cells("%.1f")));
        String first = reports.keySet().iterator().next();
        Optional.ofNullable(medians.remove(first)).ifPresent(base -> medians.forEach((name, median) -> rows.add(
                "| " + words + ", " + name + ", times " + first + " " + median.over(base).cells("%.2f"))));
        return rows;
    }

    private static Map<String, List<Integer>> overtaken(Map<String, List<JsonNode>> reports) {
        Map<String, List<Integer>> overtaken = new LinkedHashMap<>();
        reports.forEach((name, of) -> overtaken.put(name,
                of.stream().map(report -> report.path("overtaken").asInt()).toList()));
        return overtaken;
    }
}
