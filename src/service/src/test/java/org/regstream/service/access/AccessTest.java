package org.regstream.service.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySource;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.service.access.Endpoints.Endpoint;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.testing.FrameMessages;
import org.regstream.wire.ProcedureCodec;

/** Every endpoint of the running application against every role, and against nobody. */
@QuarkusTest
@TestProfile(GuardedService.class)
class AccessTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PROCEDURE = "guarded";

    @Inject
    Router router;
    @Inject
    ProcedureDesk desk;
    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;
    @TestHTTPResource("/")
    URI service;

    @BeforeEach
    void procedure() {
        Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
        desk.apply(PROCEDURE, ProcedureCodec.encode(phantom.procedure(PROCEDURE)), Instant.EPOCH);
    }

    @AfterEach
    void restore() {
        desk.apply(PROCEDURE, null, Instant.EPOCH);
        GuardedService.write();
        change(Instant.now());
    }

    private static void change(Instant at) {
        try {
            Files.setLastModifiedTime(GuardedService.USERS, FileTime.from(at));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Set<Endpoint> endpoints() throws IOException {
        return Endpoints.all(router);
    }

    @Test
    void shouldHaveARuleForEveryEndpoint() throws IOException {
        Set<Endpoint> all = endpoints();

        assertThat(all).extracting(Endpoint::toString).contains("/procedures POST", "/page/feed/1 GET",
                "/q/metrics GET", "/q/health/live GET", "/q/openapi GET", "/schemas/alert.v1.json GET",
                "/dicomweb/studies/1 POST", "/page/app.js GET");
        assertThat(all).allSatisfy(
                endpoint -> assertThat(AccessRules.of(endpoint.method(), endpoint.path())).isPresent());
    }

    /** A rule of an endpoint that is gone would wait for another of that name. */
    @Test
    void shouldHaveAnEndpointForEveryRule() throws IOException {
        Set<Endpoint> all = endpoints();
        assertThat(AccessRules.all().stream().filter(rule -> !rule.path().startsWith("/q/")))
                .allSatisfy(rule -> assertThat(all).anyMatch(e -> rule.matches(e.method(), e.path())));
    }

    @Test
    void shouldAskEverybodyWhoTheyAre() throws IOException {
        for (Endpoint endpoint : endpoints()) {
            boolean isOpen = AccessRules.of(endpoint.method(), endpoint.path()).orElseThrow().isOpen();
            assertThat(status(given(), endpoint)).as(endpoint.toString()).isEqualTo(isOpen ? 200 : 401);
        }
    }

    /** The page must not be kept open by a probe: these, and no others. */
    @Test
    void shouldAnswerProbesUnasked() {
        assertThat(AccessRules.all().stream().filter(AccessRule::isOpen).map(AccessRule::path))
                .containsExactly("/q/health/live", "/q/health/ready", "/q/health/started");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldLetARoleDoWhatItsRulesSayAndNothingElse(Role role) throws IOException {
        for (Endpoint endpoint : endpoints()) {
            AccessRule rule = AccessRules.of(endpoint.method(), endpoint.path()).orElseThrow();
            int status = status(bearer(GuardedService.token(role)), endpoint);
            if (rule.isOpen() || rule.roles().contains(role)) {
                assertThat(status).as(endpoint.toString()).isNotIn(401, 403);
            } else {
                assertThat(status).as(endpoint.toString()).isEqualTo(403);
            }
        }
    }

    /** What has no rule, and the ways to write a path that has one. */
    @ParameterizedTest
    @CsvSource({"GET, //procedures", "GET, /procedures/", "GET, /procedures;a=b", "GET, /%70rocedures",
            "GET, /q/health/live/../../metrics", "GET, /q/health/live/x", "GET, /q/health/live/..", "GET, /q/health/",
            "GET, /q/health", "GET, /q/health/group", "GET, /q/health/well", "GET, /Q/metrics",
            "GET, /q/health/live;x/../../metrics",
            "GET, /q/health/live%2f..%2f..%2fmetrics", "HEAD, /", "HEAD, /procedures", "OPTIONS, /procedures",
            "TRACE, /procedures", "PUT, /procedures/1", "PATCH, /procedures/1", "POST, /q/health/live",
            "GET, /nothing", "GET, /q/arc", "GET, /q/dev", "GET, /META-INF/resources/index.html",
            "DELETE, /procedures/"})
    void shouldAskEverybodyHoweverAPathIsWritten(String method, String path) throws IOException {
        assertThat(raw(method, path)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer rst_wrong", "Bearer other", "Basic YW5uYTp3cm9uZw==", "Basic %%%", "Basic ",
            "Digest x", "Bearer",
            "Basic dmlldzpyc3RfdGVzdC12aWV3", "bearer rst_", "Basic Og=="})
    void shouldRefuseWhatIsNoSecretOfAnybody(String authorization) {
        assertThat(given().header("Authorization", authorization).get("/procedures").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldAskABrowserForAName() {
        assertThat(given().get("/").header("WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(person().get("/").statusCode()).isEqualTo(200);
        assertThat(person().post("/procedures").statusCode()).isEqualTo(403);
    }

    /** An acknowledgement is by whom it is from, whatever name comes with it. */
    @Test
    void shouldNameWhoAcknowledges() throws Exception {
        Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
        FrameMessages messages = new FrameMessages();
        InMemorySource<Message<byte[]>> source = connector.source("frames");
        phantom.series("2.25.9", 1, Instant.now()).subList(0, 5).forEach(slice -> source.send(messages.next(slice)));
        await().atMost(LIMIT).until(() -> !desk.line(PROCEDURE).orElseThrow().openAlerts().isEmpty());
        String alert = person().get("/procedures/" + PROCEDURE + "/alerts").path("[0].alertId");

        for (String body : List.of("{\"by\": \"Dr Who\", \"minutes\": 5}", "{\"minutes\": 5}")) {
            assertThat((String) person().contentType("application/json").body(body)
                    .post("/procedures/" + PROCEDURE + "/alerts/" + alert + "/acknowledge").then().statusCode(200)
                    .extract().path("acknowledgement.by")).isEqualTo(GuardedService.PERSON);
        }
    }

    @Test
    void shouldTellItsRulesInTheDocumentOfTheApi() {
        JsonPath api = bearer(GuardedService.token(Role.INGEST)).get("/q/openapi?format=json").jsonPath();

        assertThat(api.getMap("components.securitySchemes")).containsOnlyKeys("basic", "bearer");
        Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");
        assertThat(paths).containsKey("/procedures").allSatisfy((path, operations) -> {
            operations.forEach((method, operation) -> assertThat(operation.get("x-roles")).as(method + " " + path)
                    .isEqualTo(AccessRules.of(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{[^{}]*}", "1"))
                            .orElseThrow().roles().stream().map(Role::word).sorted().toList()));
        });
    }

    // ---- sockets

    @Test
    void shouldAnswerASocketWithoutIdentityAtItsUpgrade() {
        assertThatThrownBy(() -> open(Optional.empty(), new Listener())).satisfies(e -> handshake(e, 401));
        assertThatThrownBy(() -> open(Optional.of(GuardedService.token(Role.OPERATE)), new Listener()))
                .satisfies(e -> handshake(e, 403));
    }

    @Test
    void shouldEndASocketWhenItsIdentityEnds() {
        Instant end = Instant.now().plusSeconds(4);
        String token = UserList.read(GuardedService.USERS).addMachine("guest", Set.of(Role.VIEW), Optional.of(end));
        change(Instant.now().plusSeconds(60));
        Listener listener = new Listener();
        await().atMost(LIMIT).ignoreExceptions().until(() -> open(Optional.of(token), listener) != null);

        assertThat(listener.closed).succeedsWithin(LIMIT).isEqualTo(1008);
        assertThat(Instant.now()).isBetween(end.minusSeconds(2), end.plusSeconds(3));
        assertThat(bearer(token).get("/procedures").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldEndASocketWhenItsAccountIsTakenOut() {
        Listener listener = new Listener();
        open(Optional.of(GuardedService.token(Role.VIEW)), listener);
        assertThat(listener.heard).succeedsWithin(LIMIT);

        UserList.read(GuardedService.USERS).remove(Role.VIEW.word());
        change(Instant.now().plusSeconds(120));

        assertThat(listener.closed).succeedsWithin(LIMIT).isEqualTo(1008);
        assertThat(bearer(GuardedService.token(Role.VIEW)).get("/procedures").statusCode()).isEqualTo(401);
    }

    // ---- names and other pages

    @ParameterizedTest
    @CsvSource({"evil.example, 421", "localhost.evil.example, 421", "display.example, 200", "DISPLAY.example:80, 200",
            "10.0.0.1, 200", "[::1]:8080, 200"})
    void shouldBeCalledByItsNamesAlone(String host, int status) throws IOException {
        assertThat(raw("GET", "/q/health/live", "Host: " + host)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://evil.example, 403", "Origin, null, 403", "Origin, https://localhost:1, 403",
            "Sec-Fetch-Site, cross-site, 403", "Sec-Fetch-Site, same-site, 403", "Sec-Fetch-Site, same-origin, 401",
            "Sec-Fetch-Site, none, 401"})
    void shouldChangeNothingForAPageOfAnotherSite(String header, String value, int status) throws IOException {
        for (String request : List.of("POST /procedures", "DELETE /procedures/1", "POST /dicomweb/studies",
                "POST /procedures/1/alerts/1/acknowledge")) {
            String[] words = request.split(" ");
            assertThat(raw(words[0], words[1], "Host: localhost", header + ": " + value)).as(request)
                    .isEqualTo(status);
        }
        assertThat(raw("GET", "/page/feed/1", "Host: localhost", header + ": " + value, "Connection: Upgrade",
                "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                .isEqualTo(status);
    }

    /** Types that a form of another site can send. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void shouldTakeNoAcknowledgementFromAForm(String type) throws IOException {
        assertThat(raw("POST", "/procedures/" + PROCEDURE + "/alerts/1/acknowledge", "Content-Type: " + type,
                "Authorization: Bearer " + GuardedService.token(Role.ACKNOWLEDGE))).isEqualTo(415);
    }

    /** It would listen on every interface, whatever quarkus.http.host says. */
    @Test
    void shouldHaveNoManagementPort() {
        assertThat(ConfigProvider.getConfig().getOptionalValue("quarkus.management.enabled", Boolean.class))
                .hasValueSatisfying(isEnabled -> assertThat(isEnabled).isFalse());
    }

    private static void handshake(Throwable failure, int status) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(cause).isInstanceOfSatisfying(WebSocketHandshakeException.class,
                refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(status));
    }

    private WebSocket open(Optional<String> token, Listener listener) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret));
        return builder.buildAsync(
                URI.create("ws://localhost:" + service.getPort() + "/page/feed/" + PROCEDURE), listener).join();
    }

    /** Answers each message as a page does. */
    private static final class Listener implements WebSocket.Listener {

        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        final CompletableFuture<Boolean> heard = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean isLast) {
            heard.complete(true);
            socket.sendText("{\"type\":\"received\"}", true);
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification person() {
        return given().header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                (GuardedService.PERSON + ":" + GuardedService.PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }

    private static int status(RequestSpecification request, Endpoint endpoint) {
        return request.redirects().follow(false).urlEncodingEnabled(false).request(endpoint.method(), endpoint.path())
                .statusCode();
    }

    /** As it is written, which clients would not do. */
    private int raw(String method, String path, String... headers) throws IOException {
        String host = Arrays.stream(headers).anyMatch(h -> h.startsWith("Host:")) ? "" : "Host: localhost\r\n";
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\n" + host
                    + Arrays.stream(headers).map(h -> h + "\r\n").collect(Collectors.joining())
                    + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return Integer.parseInt(new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9));
        }
    }
}
