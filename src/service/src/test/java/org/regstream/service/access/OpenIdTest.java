package org.regstream.service.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.service.access.Endpoints.Endpoint;
import org.regstream.service.testing.InMemoryChannels;

/** Identity from an OpenID provider: Quarkus' own of its tests. */
@QuarkusTest
@TestProfile(OpenIdTest.Provider.class)
class OpenIdTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** No users' file: the provider alone. */
    public static class Provider extends InMemoryChannels {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("quarkus.oidc.tenant-enabled", "true");
            settings.put("quarkus.oidc.auth-server-url", "${keycloak.url}/realms/quarkus");
            settings.put("quarkus.oidc.client-id", "quarkus-web-app");
            settings.put("quarkus.oidc.credentials.secret", "secret");
            settings.put("smallrye.jwt.sign.key.location", "privateKey.jwk");
            return settings;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OidcWiremockTestResource.class));
        }
    }

    @Inject
    Router router;
    @TestHTTPResource("/")
    URI service;

    private static String token(Instant end, String... groups) {
        return Jwt.preferredUserName("alice").groups(Set.of(groups)).issuer("https://server.example.com")
                .audience("https://service.example.com").expiresAt(end).jws().keyId("1").sign();
    }

    private static RequestSpecification bearer(String token) {
        return given().redirects().follow(false).urlEncodingEnabled(false).header("Authorization", "Bearer " + token);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldTakeRolesFromTheToken(Role role) throws IOException {
        String token = token(Instant.now().plusSeconds(300), role.word());
        for (Endpoint endpoint : Endpoints.all(router)) {
            AccessRule rule = AccessRules.of(endpoint.method(), endpoint.path()).orElseThrow();
            int status = bearer(token).request(endpoint.method(), endpoint.path()).statusCode();
            if (rule.isOpen() || rule.roles().contains(role)) {
                assertThat(status).as(endpoint.toString()).isNotIn(302, 401, 403);
            } else {
                assertThat(status).as(endpoint.toString()).isEqualTo(403);
            }
        }
    }

    /** A browser is led to the provider; nobody gets anything. */
    @Test
    void shouldLeadWhoIsNobodyToTheProvider() throws IOException {
        String provider = ConfigProvider.getConfig().getValue("keycloak.url", String.class);
        for (Endpoint endpoint : Endpoints.all(router)) {
            if (!AccessRules.of(endpoint.method(), endpoint.path()).orElseThrow().isOpen()) {
                var answer = given().redirects().follow(false).urlEncodingEnabled(false).request(endpoint.method(),
                        endpoint.path());
                assertThat(answer.statusCode()).as(endpoint.toString()).isIn(302, 401);
                assertThat(answer.body().asString()).as(endpoint.toString()).isEmpty();
            }
        }
        assertThat(given().redirects().follow(false).get("/").header("Location")).startsWith(provider);
    }

    @Test
    void shouldRefuseAnEndedAndAForeignToken() {
        assertThat(bearer(token(Instant.now().minusSeconds(2), "view")).get("/procedures").statusCode()).isEqualTo(401);
        String other = Jwt.preferredUserName("alice").groups(Set.of("view")).issuer("https://evil.example")
                .jws().keyId("1").sign();
        assertThat(bearer(other).get("/procedures").statusCode()).isEqualTo(401);
        assertThat(bearer(token(Instant.now().plusSeconds(300), "boss")).get("/procedures").statusCode())
                .isEqualTo(403);
    }

    /** An open socket would outlive a token if its identity did not carry the end. */
    @Test
    void shouldEndASocketWithItsToken() {
        Instant end = Instant.now().plusSeconds(6);
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", "Bearer " + token(end, "view"))
                .buildAsync(URI.create("ws://localhost:" + service.getPort() + "/page/feed/any"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                                closed.complete(status);
                                return null;
                            }
                        })
                .join();

        assertThat(closed).succeedsWithin(LIMIT).isEqualTo(1008);
        assertThat(Instant.now()).isBetween(end.minusSeconds(2), end.plusSeconds(4));
    }
}
