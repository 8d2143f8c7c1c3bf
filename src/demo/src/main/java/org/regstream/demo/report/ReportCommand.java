package org.regstream.demo.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.regstream.core.RegstreamException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: what happened in an operation, as one HTML file, from what is on the topics. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Writes what happened in an operation as one HTML file: volumes, "
        + "latencies, poses, predicted Dice, alerts and who acknowledged them, the worst and the last picture.")
public final class ReportCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--procedure", required = true, paramLabel = "ID", description = "of the operation")
    String procedure;

    @Option(names = "--out", paramLabel = "FILE", description = "file to write (default: report-ID.html)")
    Path out;

    @Option(names = "--identity", description = "name the patient; without it the report does not")
    boolean showsIdentity;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", defaultValue = "localhost:9092", description = "Kafka brokers (default: ${DEFAULT-VALUE})")
    String bootstrap;

    @Option(names = "--labels-topic", paramLabel = "NAME", defaultValue = "display.labels", description = "(default: ${DEFAULT-VALUE})")
    String labelsTopic;

    @Option(names = "--alerts-topic", paramLabel = "NAME", defaultValue = "display.alerts", description = "(default: ${DEFAULT-VALUE})")
    String alertsTopic;

    @Option(names = "--topic", paramLabel = "NAME", defaultValue = "dicom.frames", description = "of the frames (default: ${DEFAULT-VALUE})")
    String framesTopic;

    @Override
    public Integer call() {
        try (TopicScan topics = new TopicScan(bootstrap)) {
            write(topics);
            return 0;
        } catch (RegstreamException | KafkaException | UncheckedIOException e) {
            spec.commandLine().getErr().println("regstream report: " + e.getMessage());
            return 1;
        }
    }

    private void write(TopicScan topics) {
        Chronicle chronicle = new Chronicle(procedure);
        topics.read(labelsTopic, procedure, chronicle::onResult);
        topics.read(alertsTopic, procedure, chronicle::onAlert);
        Operation operation = chronicle.operation();
        if (operation.results().isEmpty() && operation.alerts().isEmpty()) {
            throw new RegstreamException("nothing of procedure " + procedure + " is on the topics " + labelsTopic
                    + " and "
                    + alertsTopic + " of " + bootstrap + "; its id stands in the heartbeats and in GET /procedures");
        }
        String page = ReportPage.of(operation, new Exhibits(topics, labelsTopic, framesTopic).of(operation),
                showsIdentity);
        Path file = out == null ? Path.of("report-" + procedure.replaceAll("[^A-Za-z0-9._-]", "_") + ".html") : out;
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
        spec.commandLine().getOut().println(file);
    }
}
