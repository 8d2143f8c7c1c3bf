package org.regstream.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Orthanc with the settings of {@code deploy/orthanc}, on free ports and with a folder of its own. */
final class OrthancProcess implements AutoCloseable {

    private static final Path SETTINGS = Path.of("../../deploy/orthanc").toAbsolutePath().normalize();
    private static final String PASSWORD = "for-tests";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Process process;
    private final int dicomPort;
    private final URI address;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private OrthancProcess(Process process, int dicomPort, int httpPort) {
        this.process = process;
        this.dicomPort = dicomPort;
        this.address = URI.create("http://" + TestSettings.HOST + ":" + httpPort);
    }

    /** Starts it, told that the gateway is here. */
    static OrthancProcess start(Tool orthanc, Path folder, int gatewayPort) throws Exception {
        int dicomPort = BrokerProcess.freePort();
        int httpPort = BrokerProcess.freePort();
        String settings = Files.readString(SETTINGS.resolve("orthanc.json"));
        for (Map.Entry<String, String> change : Map.of(", \"/usr/local/share/orthanc/plugins\"", "",
                "/var/lib/orthanc/db", folder.resolve("db").toString(),
                "\"/tmp\"", "\"" + folder + "\"", "\"gateway\", 11112",
                "\"" + TestSettings.HOST + "\", " + gatewayPort, "/etc/regstream", SETTINGS.toString(),
                "\"HttpPort\": 8042", "\"HttpPort\": " + httpPort, "\"DicomPort\": 4242", "\"DicomPort\": " + dicomPort)
                .entrySet()) {
            if (!settings.contains(change.getKey())) {
                throw new AssertionError(
                        "orthanc.json has no " + change.getKey() + " any more; change this test with it");
            }
            settings = settings.replace(change.getKey(), change.getValue());
        }
        Files.createDirectories(folder.resolve("db"));
        ProcessBuilder command = new ProcessBuilder(orthanc.name(),
                Files.writeString(folder.resolve("orthanc.json"), settings).toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("orthanc.log").toFile());
        command.environment().putAll(Map.of("ORTHANC_USER", "tester", "ORTHANC_PASSWORD", PASSWORD));
        OrthancProcess started = new OrthancProcess(command.start(), dicomPort, httpPort);
        Await.until(started::answers);
        return started;
    }

    int dicomPort() {
        return dicomPort;
    }

    /** @return ids of the jobs that are in a state, such as {@code Failure} */
    List<String> jobs(String state) throws Exception {
        String jobs = send(request("/jobs?expand").GET()).body();
        return Pattern.compile("\"ID\" : \"([^\"]+)\",[^{}]*\"State\" : \"" + state + "\"").matcher(jobs).results()
                .map((MatchResult m) -> m.group(1)).toList();
    }

    /** As the heart beat of {@code forward.lua} does. */
    void resubmit(String job) throws Exception {
        HttpResponse<String> answer = send(request("/jobs/" + job + "/resubmit").POST(BodyPublishers.noBody()));
        if (answer.statusCode() != 200) {
            throw new AssertionError("resubmit answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private boolean answers() throws Exception {
        try {
            return send(request("/system").GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        String login = Base64.getEncoder().encodeToString(("tester:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).header("Authorization", "Basic " + login);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
