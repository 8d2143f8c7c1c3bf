package org.regstream.service.demo;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.regstream.core.DecodeException;
import org.regstream.core.RegstreamException;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: a DICOM folder onto the topic, unchanged. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Sends the DICOM files of a folder to the broker "
        + "as live frames, in the order of their names.")
public final class ReplayCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "folder with DICOM files")
    Path folder;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", defaultValue = "localhost:9092", description = "Kafka brokers (default: ${DEFAULT-VALUE})")
    String bootstrapServers;

    @Option(names = "--topic", paramLabel = "NAME", defaultValue = "dicom.frames", description = "topic of the frames (default: ${DEFAULT-VALUE})")
    String topic;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0", description = "files a second, 0: as fast as the broker takes them (default: ${DEFAULT-VALUE})")
    double rate;

    @Override
    public Integer call() {
        if (!(rate >= 0 && rate <= 100_000)) {
            throw new ParameterException(spec.commandLine(), "--rate must lie in 0 to 100000, got " + rate);
        }
        try {
            replay();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RegstreamException | UncheckedIOException e) {
            spec.commandLine().getErr().println("regstream replay: " + e.getMessage());
            return 1;
        }
    }

    private void replay() throws InterruptedException {
        DicomFolder images = new DicomFolder(folder);
        List<Path> files = images.files();
        try (FrameSender sender = new FrameSender(bootstrapServers, topic)) {
            send(files, sender);
            sender.flush();
        }
        images.leftOut().forEach(other -> spec.commandLine().getOut().println("left out: " + other));
        spec.commandLine().getOut().printf("%d instances sent to %s%n", files.size(), topic);
    }

    private void send(List<Path> files, FrameSender sender) throws InterruptedException {
        FrameReader reader = FrameReader.withDefaults();
        long start = System.nanoTime();
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("replay").setInitialMax(files.size()).build()) {
            for (int n = 0; n < files.size(); n++) {
                long due = rate == 0 ? start : start + Math.round(n * 1e9 / rate);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                byte[] instance = DicomFolder.read(files.get(n));
                sender.send(series(reader, files.get(n), instance), instance);
                bar.step();
            }
        }
    }

    private static String series(FrameReader reader, Path file, byte[] instance) {
        try {
            return reader.readObject(instance).string(Tag.SERIES_INSTANCE_UID);
        } catch (DecodeException e) {
            throw new RegstreamException("cannot send " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
