package org.regstream.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.regstream.broker.BrokerException;
import org.regstream.broker.EmbeddedBroker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code broker}: a Kafka broker in this process, until Ctrl-C. */
@Command(name = "broker", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Runs a Kafka broker for this machine alone: for trying regstream out.",
        "It listens on the loopback interface, keeps one copy of each record and asks nobody who he is: not for a hospital.",
        "Ends with Ctrl-C (exit code 130)."})
public final class BrokerCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;
    private static final Duration LOOK = Duration.ofMillis(100);

    @Spec
    CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "9092", description = "where it listens, 0: any free port (default: ${DEFAULT-VALUE})")
    int port;

    @Option(names = "--keep", paramLabel = "DIR", description = "keeps the records in this folder, for the next start (default: a temporary one, deleted at the end)")
    Path keep;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ParameterException(spec.commandLine(), "--port must lie in 0 to 65535, got " + port);
        }
        try (StopSignal stop = StopSignal.install();
                EmbeddedBroker broker = EmbeddedBroker.start(keep, port, EmbeddedBroker.DEFAULT_TIMEOUT)) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf("Kafka broker on %s, records in %s%s%n", broker.bootstrapServers(), broker.folder(),
                    keep == null ? ", which is deleted at the end" : "");
            out.println("Ctrl-C ends it.");
            out.flush();
            while (!stop.isRaised()) {
                Thread.sleep(LOOK.toMillis());
            }
            return 0;
        } catch (BrokerException e) {
            spec.commandLine().getErr().println("regstream broker: " + e.getMessage());
            return 1;
        }
    }
}
