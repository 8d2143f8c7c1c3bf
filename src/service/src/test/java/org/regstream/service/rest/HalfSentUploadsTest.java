package org.regstream.service.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.service.testing.InMemoryChannels;

/** Clients that stop in the middle of what they send. */
@QuarkusTest
@TestProfile(InMemoryChannels.class)
class HalfSentUploadsTest {

    private static final int CLIENTS = 300;
    /** Of some 200 threads that answer requests. */
    private static final int MOST_HELD = 40;
    private static final int PROBE_MILLIS = 4000;

    @TestHTTPResource
    URI service;

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "POST /procedures HTTP/1.1|Content-Type: multipart/form-data; boundary=x|--x\r\nContent-Disposition: form-data; name=\"procedure\"\r\n\r\n{",
            "POST /procedures/ HTTP/1.1|Content-Type: multipart/form-data; boundary=x|--x\r\nContent-Disposition: form-data; name=\"procedure\"\r\n\r\n{",
            "POST /procedures/p1/alerts/a1/acknowledge HTTP/1.1|Content-Type: application/json|{\"by\":",
            "POST /dicomweb/studies HTTP/1.1|Content-Type: multipart/related; type=\"application/dicom\"; boundary=x|--x\r\n"})
    void shouldHoldFewThreadsWhileTheServiceTellsThatItIsAlive(String half) throws IOException {
        for (int n = 0; n < CLIENTS; n++) {
            send(half);
        }

        assertThat(probe()).isEqualTo(200);
        int refused = 0;
        for (Socket client : clients) {
            refused += isRefused(client) ? 1 : 0;
        }
        assertThat(refused).as("told at once to come again").isGreaterThanOrEqualTo(CLIENTS - MOST_HELD);
        close();
        given().post("/procedures").then().statusCode(equalTo(415));
    }

    /** Whoever is held hears nothing, until the service waits no longer and hangs up. */
    private static boolean isRefused(Socket client) throws IOException {
        client.setSoTimeout(20_000);
        try {
            byte[] status = client.getInputStream().readNBytes("HTTP/1.1 503".length());
            return new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 503");
        } catch (SocketException e) {
            return false; // hung up
        }
    }

    private void send(String half) throws IOException {
        String[] parts = half.split("\\|");
        Socket client = new Socket(service.getHost(), service.getPort());
        clients.add(client);
        client.getOutputStream().write((parts[0] + "\r\nHost: localhost\r\n" + parts[1]
                + "\r\nContent-Length: 100000\r\n\r\n" + parts[2]).getBytes(StandardCharsets.US_ASCII));
    }

    private int probe() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) service.resolve("/q/health/live").toURL().openConnection();
        connection.setConnectTimeout(PROBE_MILLIS);
        connection.setReadTimeout(PROBE_MILLIS);
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
