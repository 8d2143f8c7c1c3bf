package org.regstream.service.it;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged service as a process of its own, so that it can be killed. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts and waits until it is ready. */
    static ServiceProcess start(String bootstrap, Path model, Path log, String... settings) throws IOException {
        Path app = Path.of(System.getProperty("regstream.app", "missing"));
        assumeTrue(Files.exists(app), "skipped: the application is not packaged (" + app + ")");
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g", "-jar", app.toString(), "serve", "--bootstrap", bootstrap, "--model",
                        model.toString(), "--port",
                        String.valueOf(port)));
        for (String setting : settings) {
            command.add("-D");
            command.add(setting);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        ServiceProcess service = new ServiceProcess(process, port, log);
        service.awaitReady();
        return service;
    }

    private void awaitReady() {
        try {
            await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError(
                            "the service ended with " + process.exitValue() + ":\n" + log());
                }
                return isReady();
            });
        } catch (ConditionTimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("the service is not ready after " + START_LIMIT + ":\n" + lastLog(), e);
        }
    }

    private String lastLog() {
        try {
            return log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** Of the model's template, laid middle on middle over live images of a study. */
    void createProcedure(String id, String studyUid, Path model) {
        createProcedure(id, studyUid, model, model.resolve("template/labels.nii.gz"), "carried");
    }

    /** Likewise, with labels of one's own. @param labelSource which labels go out */
    void createProcedure(String id, String studyUid, Path model, Path labels, String labelSource) {
        given().baseUri(uri("").toString())
                .multiPart("procedure",
                        """
                                {"schema": 1, "id": "%s", "alignment": "CENTRES", "live": {"studyInstanceUid": "%s"},
                                 "labelSource": "%s"}"""
                                .formatted(id, studyUid, labelSource))
                .multiPart("preoperative", model.resolve("template/image.nii.gz").toFile())
                .multiPart("labels", labels.toFile()).post("/procedures").then().statusCode(201);
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /** @return the value of a metric without tags */
    double metric(String name) throws IOException, InterruptedException {
        return get("/q/metrics").body().lines().filter(l -> l.startsWith(name + " "))
                .mapToDouble(l -> Double.parseDouble(l.substring(name.length() + 1))).findFirst().orElse(Double.NaN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    /** As {@code kill}.
     *  @return how long it took */
    Duration stop() throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the service did not stop within 30 s");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
