package org.regstream.benchmarks.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regstream.core.RegstreamException;
import org.regstream.onnx.TinyPackages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kills instances of the service and the broker while operations go on, then counts on the topics what has become of each volume and each alert. */
@Command(name = "kill-test.sh", mixinStandardHelpOptions = true, sortOptions = false, description = "Kills two instances of the service and their broker, again and "
        + "again, while operations go on; then counts on the topics what has become of each volume and each alert. Exit code 1 if anything does not hold.")
public final class KillTest implements Callable<Integer> {

    private static final int INSTANCES = 2;
    private static final Duration ACKNOWLEDGE_EVERY = Duration.ofSeconds(3);
    /** Longer than the rate cap of alerts keeps one. */
    private static final Duration CALM_LIMIT = Duration.ofMinutes(4);
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(8);
    private static final Duration CLEAR_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int REPORT_EVERY = 10;

    @Option(names = "--kills", defaultValue = "200", description = "SIGKILLs of an instance (default: ${DEFAULT-VALUE})")
    int kills;

    @Option(names = "--broker-restarts", defaultValue = "50", description = "half of them SIGKILLs (default: ${DEFAULT-VALUE})")
    int brokerRestarts;

    @Option(names = "--procedures", defaultValue = "6", description = "operations at a time (default: ${DEFAULT-VALUE})")
    int procedures;

    @Option(names = "--seed", description = "of all that is chance (default: by the clock; it is printed)")
    long seed = System.nanoTime();

    @Option(names = "--minutes", defaultValue = "120", description = "no fault after these (default: ${DEFAULT-VALUE})")
    int minutes;

    @Option(names = "--app", defaultValue = "src/service/target/quarkus-app/quarkus-run.jar", description = "(default: ${DEFAULT-VALUE})")
    Path app;

    @Option(names = "--folder", description = "gets the broker's records and all logs (default: a temporary one)")
    Path folder;

    @Spec
    CommandSpec spec;

    private final Collection<SentVolume> sent = new ConcurrentLinkedQueue<>();
    private final Instant start = Instant.now();

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        System.exit(new CommandLine(new KillTest()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        folder = folder == null ? Files.createTempDirectory("kill-test-") : Files.createDirectories(folder);
        requireEmpty();
        say("seed " + seed + ", records and logs in " + folder);
        try (Site site = new Site(app, TinyPackages.withEnsemble(folder.resolve("model")), folder, INSTANCES)) {
            Runtime.getRuntime().addShutdownHook(new Thread(site::close));
            site.open();
            try (FramesOut out = new FramesOut(site.bootstrap()); Progress progress = new Progress(site.bootstrap())) {
                List<Room> rooms = IntStream.rangeClosed(1, procedures).mapToObj(n -> new Room("or-" + n, site.client(),
                        out, progress, sent, new Random(seed + n))).toList();
                return operate(site, progress, rooms);
            }
        }
    }

    /** Records of another run would be counted too. */
    private void requireEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new ParameterException(spec.commandLine(), "--folder must be empty or new, got " + folder);
            }
        }
    }

    private int operate(Site site, Progress progress, List<Room> rooms) throws Exception {
        ExecutorService staff = Executors.newCachedThreadPool();
        ScheduledExecutorService nurse = Executors.newSingleThreadScheduledExecutor();
        try {
            List<Future<Void>> operations = rooms.stream().map(staff::submit).toList();
            nurse.scheduleWithFixedDelay(() -> rooms.stream().flatMap(room -> room.procedure().stream())
                    .forEach(site.client()::acknowledgeLatched), 1, ACKNOWLEDGE_EVERY.toSeconds(), TimeUnit.SECONDS);
            int faults = hurt(site, progress, operations);
            rooms.forEach(Room::calm);
            site.awaitUp();
            Instant calm = Instant.now();
            try (Topics topics = new Topics(site.bootstrap())) {
                List<AlertSeen> open = awaitNone(() -> outlived(topics, calm), CALM_LIMIT);
                rooms.forEach(Room::close);
                for (Future<Void> operation : operations) {
                    get(operation);
                }
                awaitNone(() -> open(topics), CLEAR_LIMIT);
                return report(site, faults, rooms, open, topics.read());
            }
        } finally {
            staff.shutdownNow();
            nurse.shutdownNow();
        }
    }

    /** Each fault meets a service at work. @return how many faults there was time for */
    private int hurt(Site site, Progress progress, List<Future<Void>> operations) throws Exception {
        List<Fault> faults = Fault.plan(kills, brokerRestarts, INSTANCES, seed);
        for (int n = 0; n < faults.size(); n++) {
            progress.awaitResults();
            if (Instant.now().isAfter(start.plus(Duration.ofMinutes(minutes)))) {
                return n;
            }
            site.suffer(faults.get(n));
            for (Future<Void> operation : operations) {
                if (operation.isDone()) {
                    get(operation);
                }
            }
            if ((n + 1) % REPORT_EVERY == 0) {
                say(n + 1 + " faults, " + sent.size() + " volumes, instances ended " + site.ownEnds()
                        + " times by themselves");
            }
        }
        return faults.size();
    }

    private static void get(Future<Void> operation) throws InterruptedException {
        try {
            operation.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RegstreamException("an operation did not go on: " + e, e);
        }
    }

    private List<AlertSeen> awaitNone(Supplier<List<AlertSeen>> open, Duration limit) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        List<AlertSeen> left = open.get();
        while (!left.isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(LOOK_EVERY.toMillis());
            left = open.get();
        }
        say(left.size() + " alerts open");
        return left;
    }

    private static List<AlertSeen> open(Topics topics) {
        return new AlertBook(topics.read().alerts()).open();
    }

    /** @return those that are open although no volume since then has shown that their condition holds */
    private List<AlertSeen> outlived(Topics topics, Instant since) {
        Set<String> good = sent.stream().filter(v -> v.acquiredAt().isAfter(since)).map(SentVolume::volumeId)
                .collect(Collectors.toSet());
        return open(topics).stream().filter(alert -> !good.contains(alert.volumeId())).toList();
    }

    private int report(Site site, int faults, List<Room> rooms, List<AlertSeen> openWhenCalm, Records records)
            throws IOException {
        List<SentVolume> volumes = List.copyOf(sent);
        Outcomes outcomes = Outcomes.of(volumes, records);
        List<Count> counts = Stream.of(
                List.of(Count.of("operations", volumes.stream().map(SentVolume::procedure).distinct().count()),
                        Count.of("instances that ended by themselves, and were started again", site.ownEnds()),
                        Count.none("**faults that there was no time for**", Fault
                                .plan(kills, brokerRestarts, INSTANCES, seed).stream().skip(faults).toList()),
                        Count.none("**operations whose last frame was not committed within 5 minutes**",
                                rooms.stream().flatMap(room -> room.uncommitted().stream()).toList())),
                outcomes.counts(), new ResultBook(records.published()).counts(),
                List.of(Count.none("**alerts that " + CALM_LIMIT.toMinutes()
                        + " minutes of good volumes did not end**", openWhenCalm)),
                new AlertBook(records.alerts()).counts()).flatMap(List::stream).toList();
        System.out.printf("seed %d: %d kills, %d broker restarts, %d operations at a time, %d minutes%n%n", seed, kills,
                brokerRestarts, procedures, Duration.between(start, Instant.now()).toMinutes());
        System.out.println("| counted on the topics; **bold**: must be 0 | |\n|---|---|");
        counts.forEach(c -> System.out.printf("| %s | %d |%n", c.what(), c.number()));
        System.out.println();
        counts.forEach(c -> c.examples().forEach(example -> System.out.println(c.what() + ": " + example)));
        records.write(folder);
        Files.write(folder.resolve("sent.txt"), volumes.stream().map(v -> v + ": " + outcomes.of(v)).toList());
        return counts.stream().allMatch(Count::holds) ? 0 : 1;
    }

    private void say(String what) {
        System.err.printf("%4d s  %s%n", Duration.between(start, Instant.now()).toSeconds(), what);
    }
}
