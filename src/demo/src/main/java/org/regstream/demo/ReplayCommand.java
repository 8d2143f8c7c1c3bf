package org.regstream.demo;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.regstream.core.ConfigurationException;
import org.regstream.core.DecodeException;
import org.regstream.core.RegstreamException;
import org.regstream.demo.FreshCopies.Copy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: a DICOM folder onto the topic, unchanged or as if it were scanned now. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Sends the DICOM files of a folder to the broker "
        + "as live frames, in the order of their names.")
public final class ReplayCommand implements Callable<Integer> {

    private final FrameReader reader = FrameReader.withDefaults();
    private final FreshCopies copies = new FreshCopies();

    @Spec
    CommandSpec spec;

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "folder with DICOM files")
    Path folder;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", defaultValue = "localhost:9092", description = "Kafka brokers (default: ${DEFAULT-VALUE})")
    String bootstrapServers;

    @Option(names = "--topic", paramLabel = "NAME", defaultValue = "dicom.frames", description = "topic of the frames (default: ${DEFAULT-VALUE})")
    String topic;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0", description = "files a second, 0: as fast as the broker takes them (default: ${DEFAULT-VALUE})")
    double rate;

    @Option(names = "--fresh-uids", description = "as if they were scanned now: new series and instance identifiers, acquired now")
    boolean isFresh;

    @Option(names = "--loop", description = "again and again until Ctrl-C, each time with --fresh-uids; identical images raise the alert FROZEN_IMAGE")
    boolean isLooping;

    @Option(names = "--wait", arity = "0..1", paramLabel = "SECONDS", fallbackValue = "60", description = "say what became of every instance; at most so long (default: ${FALLBACK-VALUE})")
    Integer waitSeconds;

    @Option(names = "--group", paramLabel = "NAME", defaultValue = "regstream", description = "consumer group of the service, for --wait (default: ${DEFAULT-VALUE})")
    String group;

    @Override
    public Integer call() {
        if (!(rate >= 0 && rate <= 100_000)) {
            throw new ParameterException(spec.commandLine(), "--rate must lie in 0 to 100000, got " + rate);
        }
        if (waitSeconds != null && !(waitSeconds >= 1 && waitSeconds <= 3600)) {
            throw new ParameterException(spec.commandLine(), "--wait must lie in 1 to 3600, got " + waitSeconds);
        }
        if (isLooping && waitSeconds != null) {
            throw new ParameterException(spec.commandLine(), "--loop has no end to --wait for; name one of them");
        }
        if (isLooping && rate == 0) {
            throw new ParameterException(spec.commandLine(), "--loop needs a --rate: it would flood the broker");
        }
        try {
            return replay();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RegstreamException | KafkaException | UncheckedIOException e) {
            spec.commandLine().getErr().println("regstream replay: " + e.getMessage());
            return 1;
        }
    }

    private int replay() throws InterruptedException {
        DicomFolder images = new DicomFolder(folder);
        images.leftOut().forEach(other -> say("left out: " + other));
        try (FrameSender sender = new FrameSender(bootstrapServers, topic)) {
            if (isLooping) {
                loop(images.files(), sender);
            }
            if (waitSeconds == null) {
                send(images.files(), 1, sender);
                say("--wait says what becomes of them");
                return 0;
            }
            try (Follower follower = new Follower(bootstrapServers,
                    new Follower.Topics(topic, "display.labels", "display.alerts", group))) {
                Fates fates = follower.follow(send(images.files(), 1, sender), Duration.ofSeconds(waitSeconds));
                fates.lines().forEach(this::say);
                return fates.isWell() ? 0 : 1;
            }
        }
    }

    /** Until somebody ends the process. */
    private void loop(List<Path> files, FrameSender sender) throws InterruptedException {
        for (int number = 1; !Thread.currentThread().isInterrupted(); number++) {
            send(files, number, sender);
        }
        throw new InterruptedException();
    }

    /** @return where they lie; the broker has all of them */
    private List<Whereabouts> send(List<Path> files, int number, FrameSender sender) throws InterruptedException {
        List<Sent> sent = new ArrayList<>();
        long start = System.nanoTime();
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("replay").setInitialMax(files.size()).build()) {
            for (int n = 0; n < files.size(); n++) {
                long due = rate == 0 ? start : start + Math.round(n * 1e9 / rate);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                Copy instance = instance(files.get(n), number);
                sent.add(new Sent(instance.instanceUid(),
                        sender.send(instance.seriesInstanceUid(), instance.bytes())));
                bar.step();
            }
        }
        sender.flush();
        say(files.size() + " instances sent to " + topic);
        return sent.stream().map(Sent::whereabouts).toList();
    }

    /** On its way. @param record known once the sender has flushed */
    private record Sent(String instanceUid, Future<RecordMetadata> record) {

        Whereabouts whereabouts() {
            try {
                return Whereabouts.of(instanceUid, record.get());
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("the sender has flushed", e);
            }
        }
    }

    private Copy instance(Path file, int number) {
        byte[] bytes = DicomFolder.read(file);
        try {
            DicomObject instance = reader.readObject(bytes);
            return isFresh || isLooping
                    ? copies.of(instance, number, Instant.now())
                    : new Copy(instance.string(Tag.SERIES_INSTANCE_UID), instance.string(Tag.SOP_INSTANCE_UID), bytes);
        } catch (DecodeException | ConfigurationException e) {
            throw new RegstreamException("cannot send " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
