package org.regstream.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker in a process of its own, so that it can be killed as a machine dies, and started again with what it kept. */
public final class BrokerProcess implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final char READY = 'R';
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Logger QUIET = Logger.getLogger("");

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private Process process;

    private BrokerProcess(Path folder) {
        this.folder = folder;
        this.port = freePort();
        this.controllerPort = freePort();
    }

    public static BrokerProcess start(Path folder) throws Exception {
        BrokerProcess broker = new BrokerProcess(folder);
        broker.start();
        return broker;
    }

    /** Returns when clients can connect. */
    public void start() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", classPath,
                BrokerProcess.class.getName(), folder.toString(), String.valueOf(port), String.valueOf(controllerPort))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        InputStream said = process.getInputStream();
        int first = CompletableFuture.supplyAsync(() -> read(said)).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        if (first != READY) {
            throw new IllegalStateException("the broker's process ended before it was ready");
        }
    }

    /** As if the power went. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public void createTopic(String name, Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, 3, (short) 1).configs(settings)))
                    .all()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        kill();
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the broker: folder, port, controller port. */
    public static void main(String[] args) throws Exception {
        QUIET.setLevel(Level.OFF);
        Properties p = settings(args[0], args[1], args[2]);
        new Formatter().setNodeId(1)
                .setClusterId(new Uuid(1, 1).toString())
                .setControllerListenerName("CONTROLLER")
                .addDirectory(args[0])
                .setMetadataLogDirectory(args[0])
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .run();
        new KafkaRaftServer(KafkaConfig.fromProps(p, false), Time.SYSTEM).startup();
        System.out.write(READY);
        System.out.flush();
    }

    private static Properties settings(String folder, String port, String controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        p.put("log.dirs", folder);
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("message.max.bytes", String.valueOf(16 << 20));
        p.put("broker.session.timeout.ms", "1500");
        p.put("broker.heartbeat.interval.ms", "300");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        return p;
    }

    private static int read(InputStream in) {
        try {
            return in.read();
        } catch (IOException e) {
            return -1;
        }
    }
}
