package org.regstream.demo;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.broker.LoopbackPort;
import org.regstream.core.RegstreamException;
import org.regstream.core.model.ModelManifest;
import org.regstream.onnx.ModelPackage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: everything a newcomer needs on one machine, in one process. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Starts a Kafka broker and the service in this process, creates a procedure, sends a live series slice by slice, "
                + "and prints how each volume's labels come out: the student's at once, then the ensemble's with the Dice "
                + "that it predicts.",
        "The display page shows the same; its address is printed, and opened where there is a screen. In the middle of a run of "
                + "20 volumes or more, or once a minute in one without end, the made-up patient does not lie still for a few "
                + "volumes, and an alert comes and goes.",
        "Ends after --volumes, or with Ctrl-C (exit code 130)."})
public final class DemoCommand implements Callable<Integer> {

    private static final String FRAMES = "dicom.frames";
    private static final String LABELS = "display.labels";
    private static final String ALERTS = "display.alerts";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

    @Spec
    CommandSpec spec;

    @Option(names = "--volumes", paramLabel = "N", description = "ends after N registered volumes (default: Ctrl-C ends it)")
    Integer volumes;

    @Option(names = "--rate", paramLabel = "N", description = "volumes a second (default: as many as this machine looks at, 1 at most)")
    Double rate;

    @Option(names = "--data", paramLabel = "DIR", description = "a real DICOM series (one volume, sent again and again) instead of "
            + "the made-up one, or a folder with " + Scene.PREOPERATIVE + ", " + Scene.PREOPERATIVE_LABELS + ", "
            + Scene.LIVE + " and perhaps " + Scene.LIVE_LABELS)
    Path data;

    @Option(names = "--model", paramLabel = "DIR", defaultValue = "${sys:regstream.home:-.}/models/hippocampus", description = "model package (default: models/hippocampus)")
    Path model;

    @Option(names = "--amplitude", paramLabel = "MM", defaultValue = "6", description = "furthest movement of any point of the made-up patient, mm (default: ${DEFAULT-VALUE})")
    double amplitudeMm;

    @Option(names = "--noise", paramLabel = "SHARE", defaultValue = "0.03", description = "noise of the made-up scanner as a share of the highest intensity (default: ${DEFAULT-VALUE})")
    double noise;

    @Option(names = "--no-failure", description = "the made-up patient always lies still")
    boolean hasNoFailure;

    @Option(names = "--no-page", description = "does not open the display page")
    boolean hasNoPage;

    @Option(names = "--headless-page", description = "opens the display page in a Chromium without a window, and sums up when the pictures are on it")
    boolean isPageHeadless;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of motion and noise (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "HTTP port of the service, 0: any free one (default: ${DEFAULT-VALUE})")
    int port;

    @Option(names = "--broker-port", paramLabel = "PORT", defaultValue = "0", description = "port of the broker, 0: any free one (default: ${DEFAULT-VALUE})")
    int brokerPort;

    @Option(names = "--keep", paramLabel = "DIR", description = "keeps the broker's records in this folder (default: a temporary one, deleted at the end)")
    Path keep;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30", description = "longest wait for the labels of a volume (default: ${DEFAULT-VALUE})")
    int timeoutSeconds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "3", description = "first volumes to leave out of the times (default: ${DEFAULT-VALUE})")
    int warmUp;

    @Option(names = "--report", paramLabel = "FILE", description = "writes the summary as JSON")
    Path report;

    @Option(names = "--quiet", description = "prints the summary alone")
    boolean isQuiet;

    @Override
    public Integer call() {
        requireSensible();
        try (StopSignal stop = StopSignal.install()) {
            run(stop);
            return 0;
        } catch (RegstreamException | UncheckedIOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("regstream demo: " + e.getMessage());
            return 1;
        }
    }

    private void requireSensible() {
        require(volumes == null || volumes >= 1, "--volumes must be 1 or more, got " + volumes);
        require(rate == null || rate >= 0.01 && rate <= 100,
                "--rate must lie in 0.01 to 100 volumes a second, got " + rate);
        require(amplitudeMm >= 0 && amplitudeMm <= 20, "--amplitude must lie in 0 to 20 mm, got " + amplitudeMm);
        require(noise >= 0 && noise <= 1, "--noise must lie in 0 to 1, got " + noise);
        require(port >= 0 && port <= 65535, "--port must lie in 0 to 65535, got " + port);
        require(brokerPort >= 0 && brokerPort <= 65535, "--broker-port must lie in 0 to 65535, got " + brokerPort);
        require(timeoutSeconds >= 1 && timeoutSeconds <= 3600, "--timeout must lie in 1 to 3600 s, got "
                + timeoutSeconds);
        require(warmUp >= 0, "--warm-up must be 0 or more, got " + warmUp);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void run(StopSignal stop) {
        ModelManifest manifest = ModelPackage.open(model).manifest();
        Scene scene = data == null
                ? Scene.breathing(model, manifest.structures(), amplitudeMm, unrest(), noise, seed)
                : Scene.recorded(data, model, manifest.structures());
        say("starting a Kafka broker and the service in this process ...");
        try (EmbeddedBroker broker = EmbeddedBroker.start(keep, brokerPort, EmbeddedBroker.DEFAULT_TIMEOUT);
                InProcessService service = InProcessService.start(settings(broker), LoopbackPort.free(port),
                        START_TIMEOUT, stop::isRaised)) {
            PictureTimes pictures = new PictureTimes();
            service.pages().watch(pictures::shown);
            summarise(trial(scene, manifest, broker, service, pictures, stop), pictures);
        }
    }

    private Unrest unrest() {
        if (hasNoFailure || data != null) {
            return Unrest.NEVER;
        }
        return volumes == null ? Unrest.nowAndThen() : Unrest.inTheMiddleOf(volumes);
    }

    private Map<String, String> settings(EmbeddedBroker broker) {
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers(), "regstream.model.package",
                model.toString(), "quarkus.log.level", "WARN", "quarkus.log.console.stderr", "true",
                "quarkus.log.category.\"io.smallrye.reactive.messaging.kafka\".level", "ERROR");
    }

    private List<VolumeScore> trial(Scene scene, ModelManifest manifest, EmbeddedBroker broker,
            InProcessService service, PictureTimes pictures, StopSignal stop) {
        String procedure = "demo-" + UUID.randomUUID();
        new ProcedureClient(service.address()).create(procedure, scene.patient(), scene.live().studyInstanceUid());
        URI page = service.address().resolve("/");
        say("broker %s, procedure %s, live volumes %s", broker.bootstrapServers(), procedure, scene.live().grid());
        say("display page: %s", page);
        Scoreboard scoreboard = new Scoreboard(scene.patient(), manifest.grid(), scene.live());
        TrialTable table = table();
        boolean hasEnsemble = manifest.ensemble().isPresent();
        table.head(hasEnsemble);
        Optional<PageBrowser> browser = open(page);
        try (Display display = new Display(broker.bootstrapServers(), LABELS, ALERTS);
                FrameSender sender = new FrameSender(broker.bootstrapServers(), FRAMES)) {
            Pace pace = rate == null
                    ? Pace.upTo(Duration.ofSeconds(1))
                    : Pace.fixed(Duration.ofNanos(Math.round(1e9 / rate)));
            Scanner scanner = new Scanner(scene.live(), sender::send, pace, scoreboard::sent);
            return new Trial(display, scoreboard, table, Duration.ofSeconds(timeoutSeconds), hasEnsemble, unrest(),
                    pictures, pace).run(scanner, volumes == null ? Integer.MAX_VALUE : volumes, stop::isRaised);
        } finally {
            browser.ifPresent(PageBrowser::close);
        }
    }

    /** @return what is to be closed; empty if the page is in the user's own browser, or in none */
    private Optional<PageBrowser> open(URI page) {
        if (isPageHeadless) {
            return Optional.of(PageBrowser.openHeadless(page));
        }
        if (!hasNoPage && !isQuiet) {
            PageBrowser.openOnScreen(page);
        }
        return Optional.empty();
    }

    private void summarise(List<VolumeScore> scores, PictureTimes pictures) {
        if (scores.isEmpty()) {
            return;
        }
        TrialSummary summary = TrialSummary.of(scores, warmUp, pictures.summary(warmUp));
        table().summary(summary);
        if (report != null) {
            summary.write(report);
        }
    }

    private TrialTable table() {
        return new TrialTable(spec.commandLine().getOut(), isQuiet);
    }

    private void say(String format, Object... values) {
        if (!isQuiet) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf(format + "%n", values);
            out.flush();
        }
    }
}
