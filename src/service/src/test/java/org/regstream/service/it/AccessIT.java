package org.regstream.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.broker.EmbeddedBroker;

/** The packaged service as others on the network see it: which interfaces, which encryption, who is asked. */
class AccessIT {

    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final char[] STORE = "changeit".toCharArray();

    private static EmbeddedBroker broker;

    private final Path model = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus")
            .toAbsolutePath();
    private Process process;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    /** Whatever else a process may open: a management port, a debugger, JMX. */
    @Test
    void shouldListenOnTheLoopbackInterfaceAloneWithoutSettings() throws Exception {
        int port = serve();
        HttpClient client = HttpClient.newHttpClient();
        awaitReady(client, "http://localhost:" + port);

        assertThat(listening(process.pid())).isNotEmpty().allMatch(AccessIT::isLoopback);
        assertThat(status(client, "http://localhost:" + port + "/procedures")).isEqualTo(200);
    }

    /** The certificate is made here; the port speaks nothing else, and asks who comes. */
    @Test
    void shouldSpeakTlsAndAskWhoComesOnEveryInterface() throws Exception {
        SSLContext trust = certificate();
        Path users = folder.resolve("users.txt");
        String token = user("add", "display", "--role", "view", "--token", "--users", users.toString()).strip();
        int port = serve("--host", "0.0.0.0", "--users", users.toString(), "--tls", folder.toString());
        HttpClient client = HttpClient.newBuilder().sslContext(trust).build();
        String service = "https://localhost:" + port;
        awaitReady(client, service);

        assertThat(status(client, service + "/procedures")).isEqualTo(401);
        assertThat(client.send(request(service + "/procedures").header("Authorization", "Bearer " + token).build(),
                BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> status(HttpClient.newHttpClient(), "http://localhost:" + port + "/q/health/live"))
                .isInstanceOf(IOException.class);
        assertThat(listening(process.pid())).hasSize(1);
        assertThat(Files.readString(folder.resolve("log"))).contains("everybody is asked").doesNotContain(token);
    }

    @Test
    void shouldSayAloudThatItIsInsecure() throws Exception {
        int port = serve("--host", "0.0.0.0", "--insecure");
        HttpClient client = HttpClient.newHttpClient();
        awaitReady(client, "http://localhost:" + port);

        assertThat(client.send(request("http://localhost:" + port + "/q/health").build(), BodyHandlers.ofString())
                .body()).contains("INSECURE");
        assertThat(Files.readString(folder.resolve("log"))).contains("WARN").contains("INSECURE: nobody is asked");
    }

    private int serve(String... options) throws IOException {
        assumeTrue(Files.exists(model.resolve("manifest.json")), "skipped: no model package at " + model);
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx1g", "-jar", app(), "serve", "--bootstrap",
                broker.bootstrapServers(), "--model", model.toString(), "--port", String.valueOf(port)));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        return port;
    }

    private String user(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", app(), "user"));
        command.addAll(List.of(arguments));
        Process user = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String told = new String(user.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(user.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(user.exitValue()).isZero();
        return told;
    }

    /** Of this machine's own, PEM as a Secret of Kubernetes holds it. @return what trusts it */
    private SSLContext certificate() throws Exception {
        Path file = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "tls",
                "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2", "-keystore",
                file.toString(), "-storetype", "PKCS12", "-storepass", new String(STORE)).inheritIO().start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE);
        }
        pem("tls.crt", "CERTIFICATE", store.getCertificate("tls").getEncoded());
        pem("tls.key", "PRIVATE KEY", store.getKey("tls", STORE).getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("tls", store.getCertificate("tls"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private void pem(String name, String type, byte[] der) throws IOException {
        Files.writeString(folder.resolve(name), "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n");
    }

    private void awaitReady(HttpClient client, String service) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the service ended:\n" + Files.readString(folder.resolve("log")));
            }
            try {
                return status(client, service + "/q/health/ready") == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static int status(HttpClient client, String uri) throws IOException, InterruptedException {
        return client.send(request(uri).build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(20));
    }

    /** @return local addresses, as the kernel writes them */
    private static List<String> listening(long pid) throws IOException {
        Set<String> sockets;
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            sockets = files.map(AccessIT::target).filter(name -> name.startsWith("socket:["))
                    .map(name -> name.substring(8, name.length() - 1)).collect(Collectors.toSet());
        }
        List<String> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
                String[] words = line.strip().split("\\s+");
                if (words[3].equals("0A") && sockets.contains(words[9])) {
                    found.add(words[1].substring(0, words[1].indexOf(':')));
                }
            }
        }
        return found;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isLoopback(String address) {
        return Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000")
                .contains(address);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String app() {
        Path app = Path.of(System.getProperty("regstream.app", "missing")).toAbsolutePath();
        assumeTrue(Files.exists(app), "skipped: the application is not packaged (" + app + ")");
        return app.toString();
    }
}
