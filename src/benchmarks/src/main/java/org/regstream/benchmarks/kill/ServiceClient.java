package org.regstream.benchmarks.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.regstream.core.RegstreamException;

/** Asks the instances in turn, as a load balancer in front of them does, until one answers. Thread-safe. */
final class ServiceClient {

    private static final Duration ONE_ANSWER = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long PAUSE_MILLIS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ONE_ANSWER).build();
    private final List<URI> instances;
    private final AtomicInteger turn = new AtomicInteger();

    ServiceClient(List<URI> instances) {
        this.instances = List.copyOf(instances);
    }

    /** @return whether this instance takes frames */
    boolean isStarted(URI instance) {
        try {
            return send(instance, HttpRequest.newBuilder().GET(), "/q/health/started").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Creates a procedure; one that is there already is one that an instance had taken before it was killed. */
    void create(String procedure, String study) {
        String boundary = "kill-test";
        ask("/procedures", HttpRequest.newBuilder().header("content-type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(Patient.upload(boundary, procedure, study))), Set.of(201, 409));
    }

    void end(String procedure) {
        ask("/procedures/" + procedure, HttpRequest.newBuilder().DELETE(), Set.of(204, 404));
    }

    /** Takes note of what is over and still shown, at one instance; what fails is tried again the next time. */
    void acknowledgeLatched(String procedure) {
        URI instance = next();
        try {
            for (String alertId : unseen(instance, procedure)) {
                send(instance, HttpRequest.newBuilder().header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("{\"by\": \"kill test\", \"minutes\": 10}")),
                        "/procedures/" + procedure + "/alerts/" + alertId + "/acknowledge");
            }
        } catch (IOException e) {
            return;
        }
    }

    private List<String> unseen(URI instance, String procedure) throws IOException {
        HttpResponse<String> answer = send(instance, HttpRequest.newBuilder().GET(),
                "/procedures/" + procedure + "/alerts");
        List<String> unseen = new ArrayList<>();
        if (answer.statusCode() == 200) {
            for (JsonNode alert : JSON.readTree(answer.body())) {
                if (alert.path("state").asText().equals("LATCHED") && !alert.has("acknowledgement")) {
                    unseen.add(alert.path("alertId").asText());
                }
            }
        }
        return unseen;
    }

    private void ask(String path, HttpRequest.Builder request, Set<Integer> wanted) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        String last = "no answer";
        while (System.nanoTime() - limit < 0) {
            try {
                HttpResponse<String> answer = send(next(), request, path);
                if (wanted.contains(answer.statusCode())) {
                    return;
                }
                last = answer.statusCode() + ": " + answer.body();
            } catch (IOException e) {
                last = e.toString();
            }
            pause();
        }
        throw new RegstreamException("no instance did " + path + " within " + LIMIT + ", the last answer was " + last);
    }

    private URI next() {
        return instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
    }

    private HttpResponse<String> send(URI instance, HttpRequest.Builder request, String path) throws IOException {
        try {
            return http.send(request.copy().uri(instance.resolve(path)).timeout(ONE_ANSWER).build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegstreamException("interrupted while " + path + " was to be answered", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegstreamException("interrupted while waiting for the service", e);
        }
    }
}
