package org.regstream.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker with its own controller (KRaft) in this process, on the loopback interface only.
 *
 * <p>Not for a hospital: one node, one copy of the data, no authentication. Start it before Quarkus and stop it after, since
 * both sides' threads talk to each other while they end. Safe to stop from any thread, more than once.
 */
public final class EmbeddedBroker implements AutoCloseable {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /** The same for every folder, since the broker is alone: a folder of an earlier start is then recognised as its own. */
    private static final Uuid CLUSTER = new Uuid(0x7265677374726561L, 1);

    /**
     * Kafka writes 2,090 lines at INFO for one start, and its controller warns of a first start as such. Held here:
     * java.util.logging forgets the levels of loggers nobody holds.
     */
    private static final Map<Logger, Level> QUIET = Map.of(Logger.getLogger("kafka"), Level.WARNING,
            Logger.getLogger("org.apache.kafka"), Level.WARNING, Logger.getLogger("state.change.logger"),
            Level.WARNING, Logger.getLogger("org.apache.kafka.controller.QuorumController"), Level.SEVERE,
            Logger.getLogger("javax.management"), Level.WARNING);
    /** Warns of what the broker's own end does: connections to itself that are closed twice. */
    private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka.clients.NetworkClient");

    private final BrokerSettings settings;
    private final boolean temporary;
    private final KafkaRaftServer server;
    /** One thread, so that a stop asked for during a slow start waits for its end: Kafka deadlocks on the two at once. */
    private final ExecutorService keeper = Executors.newSingleThreadExecutor(EmbeddedBroker::daemon);

    private EmbeddedBroker(BrokerSettings settings, boolean temporary) {
        this.settings = settings;
        this.temporary = temporary;
        this.server = new KafkaRaftServer(KafkaConfig.fromProps(settings.toProperties(), false), Time.SYSTEM);
    }

    /** Starts with a temporary folder, deleted by {@link #stop()}, on a free port. */
    public static EmbeddedBroker start() {
        return start(null, 0, DEFAULT_TIMEOUT);
    }

    /**
     * @param folder  where the records are kept, made if missing and kept afterwards; null for a temporary one
     * @param port    loopback port, 0 for any free one
     * @param timeout longest wait until clients can connect
     * @throws BrokerException if the port is taken, the folder cannot be used, or the time is over
     */
    public static EmbeddedBroker start(Path folder, int port, Duration timeout) {
        QUIET.forEach(Logger::setLevel);
        neverEndThisProcess();
        int brokerPort = LoopbackPort.free(port);
        BrokerSettings settings = new BrokerSettings(usable(folder), brokerPort, LoopbackPort.free(0));
        format(settings);
        EmbeddedBroker broker = new EmbeddedBroker(settings, folder == null);
        try {
            broker.within(timeout, "start", broker.server::startup);
            return broker;
        } catch (BrokerException e) {
            broker.stopAfter(e);
            throw e;
        }
    }

    /** @return host and port for clients */
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + settings.brokerPort();
    }

    /** @return where the records are kept */
    public Path folder() {
        return settings.folder();
    }

    /** Stops within {@link #STOP_TIMEOUT}; deletes a temporary folder. */
    public synchronized void stop() {
        if (!keeper.isShutdown()) {
            try {
                within(STOP_TIMEOUT, "stop", this::shutDown);
            } finally {
                keeper.shutdown();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void stopAfter(BrokerException reason) {
        try {
            stop();
        } catch (BrokerException e) {
            reason.addSuppressed(e);
        }
    }

    private void shutDown() {
        Level before = CLIENTS.getLevel();
        CLIENTS.setLevel(Level.SEVERE);
        server.shutdown();
        server.awaitShutdown();
        CLIENTS.setLevel(before);
        if (temporary) {
            delete(settings.folder());
        }
    }

    /** Kafka answers a fatal fault by ending its process; in somebody else's process that must be an exception. */
    private static void neverEndThisProcess() {
        Exit.Procedure refuse = (status, message) -> {
            throw new BrokerException("the embedded broker met a fatal fault (status " + status + "): " + message);
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }

    private static Path usable(Path folder) {
        try {
            return folder == null
                    ? Files.createTempDirectory("regstream-broker-")
                    : Files.createDirectories(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new BrokerException("the broker's folder " + folder + " cannot be made; name one that can be written",
                    e);
        }
    }

    private static void format(BrokerSettings settings) {
        Formatter formatter = new Formatter().setNodeId(BrokerSettings.NODE)
                .setClusterId(CLUSTER.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .addDirectory(settings.folder().toString())
                .setMetadataLogDirectory(settings.folder().toString())
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (Exception e) {
            throw new BrokerException(
                    "the broker's folder " + settings.folder() + " cannot be prepared; name an empty one", e);
        }
    }

    private void within(Duration timeout, String what, Runnable work) {
        Future<?> task = keeper.submit(work);
        try {
            task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BrokerException("the embedded broker did not " + what + " within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new BrokerException("the embedded broker could not " + what + ": " + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the embedded broker was to " + what, e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "embedded-broker");
        thread.setDaemon(true);
        return thread;
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's temporary folder " + folder + " could not be deleted", e);
        }
    }
}
