package org.regstream.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.broker.EmbeddedBroker;

/** What refuses the start, and what an operator is told then. */
class StartIT {

    private final Path model = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus")
            .toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void shouldNameAnUnknownSetting() throws Exception {
        assertThat(refusal("-D", "regstream.assembly.idle-timeouts=2s")).contains("regstream.assembly.idle-timeouts");
    }

    @Test
    void shouldRefuseASettingOutOfItsRange() throws Exception {
        assertThat(refusal("--model", model.toString(), "-D", "regstream.alerts.repeat-after=10m"))
                .contains("regstream cannot start: regstream.alerts.repeat-after must lie in 1 s to 1 min, got 10 min");
    }

    @Test
    void shouldRefuseAProviderThatDoesNotWorkInsteadOfFallingBack() throws Exception {
        assumeTrue(Files.notExists(Path.of("/dev/nvidia0")), "skipped: this machine has a GPU");
        assertThat(refusal("--model", model.toString(), "--provider", "cuda"))
                .contains("regstream cannot start: provider cuda").contains("does not work here");
    }

    @Test
    void shouldSayThatNoBrokerListens() throws Exception {
        assertThat(refusal("--model", model.toString(), "--bootstrap", "127.0.0.1:9").lines())
                .singleElement().asString()
                .startsWith("regstream serve: no Kafka broker listens at 127.0.0.1:9;").contains("--bootstrap");
    }

    @Test
    void shouldRefuseAnotherInterfaceWithoutIdentity() throws Exception {
        assertThat(refusal("--host", "0.0.0.0").lines()).singleElement().asString()
                .startsWith("regstream serve: on 0.0.0.0 others than this machine come in").contains("--users")
                .contains("--insecure");
    }

    @Test
    void shouldRefuseUsersThatAreNotThereAndACertificateThatIsNotThere() throws Exception {
        assertThat(refusal("--users", folder.resolve("users.txt").toString()).lines()).singleElement().asString()
                .contains("users' file cannot be read");
        assertThat(refusal("--tls", folder.toString()).lines()).singleElement().asString().contains("tls.crt");
    }

    /** It listens, and says nothing. */
    @Test
    void shouldSayThatTheBrokerDoesNotAnswer() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(refusal("--model", model.toString(), "--bootstrap", "127.0.0.1:" + mute.getLocalPort(), "-D",
                    "regstream.topics.timeout=2s"))
                    .contains("regstream cannot start: the Kafka broker did not answer in 2 s")
                    .contains("kafka.bootstrap.servers").doesNotContain("\tat ");
        }
    }

    @Test
    void shouldSayThatThePortIsTakenBeforeItLoadsAnything() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            assertThat(refusal("--port", String.valueOf(other.getLocalPort())).lines()).singleElement().asString()
                    .isEqualTo("regstream serve: port " + other.getLocalPort()
                            + " is taken by another program; choose another with --port, 0 for any free one");
        }
    }

    @Test
    void shouldRefuseMissingTopicsItMayNotCreateAndAProceduresTopicThatForgets() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(refusal("--model", model.toString(), "--bootstrap", broker.bootstrapServers(), "-D",
                    "regstream.topics.create=false"))
                    .contains("regstream cannot start: topics are missing on the broker").contains("display.labels");

            admin.createTopics(List.of(new NewTopic("registration.procedures", Optional.of(1), Optional.of((short) 1))))
                    .all().get(20, TimeUnit.SECONDS);
            assertThat(refusal("--model", model.toString(), "--bootstrap", broker.bootstrapServers()))
                    .contains("regstream cannot start: topic registration.procedures must have cleanup.policy=compact");
        }
    }

    /** Not the default, which may be free. */
    @Test
    void shouldLookAtThePortThatAFileNames() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Files.createDirectory(folder.resolve("config"));
            Files.writeString(folder.resolve("config/application.properties"),
                    "quarkus.http.port=" + other.getLocalPort());

            assertThat(refusal(new ArrayList<>(List.of(java(), "-jar", app().toString(), "serve"))))
                    .contains("port " + other.getLocalPort() + " is taken");
        }
    }

    private String refusal(String... options) throws IOException, InterruptedException {
        assumeTrue(Files.exists(model.resolve("manifest.json")), "skipped: no model package at " + model);
        List<String> command = new ArrayList<>(List.of(java(), "-jar", app().toString(), "serve"));
        command.addAll(List.of(options));
        if (!command.contains("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            if (!command.contains("--bootstrap")) {
                command.addAll(List.of("--bootstrap", "127.0.0.1:" + mute.getLocalPort()));
            }
            return refusal(command);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path app() {
        Path app = Path.of(System.getProperty("regstream.app", "missing")).toAbsolutePath();
        assumeTrue(Files.exists(app), "skipped: the application is not packaged (" + app + ")");
        return app;
    }

    private String refusal(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "start", ".log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("the start is refused, not hung: %s", Files.readString(output)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(output);
    }
}
