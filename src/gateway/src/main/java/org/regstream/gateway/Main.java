package org.regstream.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.regstream.core.ConfigurationException;
import org.regstream.gateway.dimse.AssociationLimits;
import org.regstream.gateway.dimse.ListenSettings;
import org.regstream.gateway.dimse.TlsSettings;
import org.regstream.gateway.operate.Logs;
import org.regstream.gateway.topic.TopicSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: every option can be an environment variable instead, and wins over it. */
@Command(name = "regstream-gateway", mixinStandardHelpOptions = true, version = "regstream-gateway 0.1.0", sortOptions = false, showDefaultValues = true, description = {
        "Takes DICOM images from scanners by C-STORE and puts them, uncompressed, on the frames topic of regstream.",
        "A C-STORE is answered with success once the message broker has acknowledged the image."})
public final class Main implements Callable<Integer> {

    private static final String VARIABLES = "REGSTREAM_GATEWAY_";

    @Option(names = "--ae-title", paramLabel = "AE", defaultValue = "${env:" + VARIABLES
            + "AE_TITLE:-REGSTREAM}", description = "own application entity title")
    private String aeTitle;

    @Option(names = "--bind", paramLabel = "ADDRESS", defaultValue = "${env:" + VARIABLES
            + "BIND:-0.0.0.0}", description = "address for DICOM, health and metrics")
    private String bind;

    @Option(names = "--port", defaultValue = "${env:" + VARIABLES + "PORT:-11112}", description = "port for DICOM")
    private int port;

    @Option(names = "--http-port", defaultValue = "${env:" + VARIABLES
            + "HTTP_PORT:-8081}", description = "port for /health/live, /health/ready and /metrics")
    private int httpPort;

    @Option(names = "--calling-ae", paramLabel = "AE", split = ",", defaultValue = "${env:" + VARIABLES
            + "CALLING_AE:-}", description = "peers that are heard, comma separated (empty: every one)")
    private Set<String> callingAe;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}", description = "message brokers")
    private String bootstrapServers;

    @Option(names = "--topic", defaultValue = "${env:" + VARIABLES
            + "TOPIC:-dicom.frames}", description = "frames topic")
    private String topic;

    @Option(names = "--kafka-config", paramLabel = "FILE", defaultValue = "${env:" + VARIABLES
            + "KAFKA_CONFIG}", description = "properties for the Kafka clients, such as those of TLS")
    private Path kafkaConfig;

    @Option(names = "--delivery-timeout", paramLabel = "SECONDS", defaultValue = "${env:" + VARIABLES
            + "DELIVERY_TIMEOUT:-5}", description = "longest wait for the broker's acknowledgement, 1 to 60")
    private int deliverySeconds;

    @Option(names = "--max-associations", paramLabel = "N", defaultValue = "${env:" + VARIABLES
            + "MAX_ASSOCIATIONS:-20}", description = "most associations at once, 1 to 1000")
    private int associations;

    @Option(names = "--idle-timeout", paramLabel = "SECONDS", defaultValue = "${env:" + VARIABLES
            + "IDLE_TIMEOUT:-60}", description = "longest silence of a peer, 1 to 3600")
    private int idleSeconds;

    @Option(names = "--max-pdu", paramLabel = "BYTES", defaultValue = "${env:" + VARIABLES
            + "MAX_PDU:-65536}", description = "longest PDU that peers are asked to send")
    private int pduBytes;

    @Option(names = "--max-object", paramLabel = "BYTES", defaultValue = "${env:" + VARIABLES
            + "MAX_OBJECT:-9371648}", description = "largest object, as sent and decoded; at most the topic's max.message.bytes less 64 KiB")
    private int objectBytes;

    @Option(names = "--stop-timeout", paramLabel = "SECONDS", defaultValue = "${env:" + VARIABLES
            + "STOP_TIMEOUT:-20}", description = "longest wait for open associations at the stop")
    private int stopSeconds;

    @Option(names = "--audit-syslog", paramLabel = "HOST:PORT", defaultValue = "${env:" + VARIABLES
            + "AUDIT_SYSLOG}", description = "audit record repository, syslog over UDP (default: the log)")
    private String auditSyslog;

    @Option(names = "--json-logs", defaultValue = "${env:" + VARIABLES
            + "JSON_LOGS:-false}", description = "one JSON object a line")
    private boolean jsonLogs;

    @Mixin
    private Tls tls;

    /** The options of TLS. */
    static final class Tls {
        @Option(names = "--tls-key-store", paramLabel = "FILE", defaultValue = "${env:" + VARIABLES
                + "TLS_KEY_STORE}", description = "PKCS #12 file with key and certificate; turns TLS on")
        private Path keyStore;

        @Option(names = "--tls-key-store-password", paramLabel = "TEXT", defaultValue = "${env:" + VARIABLES
                + "TLS_KEY_STORE_PASSWORD:-}", showDefaultValue = CommandLine.Help.Visibility.NEVER, description = "better in the environment variable "
                        + VARIABLES + "TLS_KEY_STORE_PASSWORD")
        private String keyStorePassword;

        @Option(names = "--tls-trust-store", paramLabel = "FILE", defaultValue = "${env:" + VARIABLES
                + "TLS_TRUST_STORE}", description = "PKCS #12 file with the certificates that peers' certificates lead to")
        private Path trustStore;

        @Option(names = "--tls-trust-store-password", paramLabel = "TEXT", defaultValue = "${env:" + VARIABLES
                + "TLS_TRUST_STORE_PASSWORD:-}", showDefaultValue = CommandLine.Help.Visibility.NEVER, description = "better in the environment variable "
                        + VARIABLES + "TLS_TRUST_STORE_PASSWORD")
        private String trustStorePassword;

        @Option(names = "--tls-mutual", defaultValue = "${env:" + VARIABLES
                + "TLS_MUTUAL:-false}", description = "refuse peers without a trusted certificate")
        private boolean mutual;

        Optional<TlsSettings> settings() {
            if (keyStore == null && mutual) {
                throw new ConfigurationException("--tls-mutual needs --tls-key-store");
            }
            return Optional.ofNullable(keyStore)
                    .map(store -> new TlsSettings(store, keyStorePassword, trustStore, trustStorePassword, mutual));
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /** Runs until the process is asked to end. */
    @Override
    public Integer call() throws InterruptedException {
        Logs.install(jsonLogs);
        try (Gateway gateway = Gateway.start(settings())) {
            CountDownLatch closed = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(gateway, closed), "stop"));
            closed.await();
            return CommandLine.ExitCode.OK;
        } catch (ConfigurationException e) {
            System.err.println("regstream-gateway: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    GatewaySettings settings() {
        AssociationLimits limits = new AssociationLimits(associations, Duration.ofSeconds(idleSeconds), pduBytes,
                objectBytes);
        return new GatewaySettings(new ListenSettings(aeTitle, bind, port, peers(), limits, tls.settings()),
                new TopicSettings(bootstrapServers, topic, Duration.ofSeconds(deliverySeconds), objectBytes,
                        kafkaProperties()),
                new InetSocketAddress(bind, httpPort), Optional.ofNullable(auditSyslog).map(Main::address),
                Duration.ofSeconds(stopSeconds));
    }

    private static void close(Gateway gateway, CountDownLatch closed) {
        gateway.close();
        closed.countDown();
    }

    private Set<String> peers() {
        return callingAe.stream().filter(title -> !title.isBlank()).collect(Collectors.toSet());
    }

    private Map<String, String> kafkaProperties() {
        if (kafkaConfig == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(kafkaConfig)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("--kafka-config cannot be read from " + kafkaConfig, e);
        }
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(n -> n, properties::getProperty));
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            return new InetSocketAddress(hostAndPort.substring(0, colon),
                    Integer.parseInt(hostAndPort.substring(colon + 1)));
        } catch (RuntimeException e) {
            throw new ConfigurationException("--audit-syslog must be host:port, got '" + hostAndPort + "'", e);
        }
    }
}
