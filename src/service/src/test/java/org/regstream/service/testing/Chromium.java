package org.regstream.service.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A headless Chromium with one page, steered by its own protocol (Chrome DevTools Protocol) over the JDK's WebSocket: nothing but the
 * browser is needed. Every wait has a time-out.
 */
public final class Chromium implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final String session;

    /** Skips the test where there is no Chromium. @param profile an empty folder */
    public static Chromium start(Path profile) throws IOException {
        Path browser = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(browser != null, "skipped: no Chromium (" + PLACES + ")");
        ProcessBuilder builder = new ProcessBuilder(browser.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0",
                "--user-data-dir=" + profile, "about:blank").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TMPDIR", profile.toString());
        Process process = builder.start();
        try {
            return new Chromium(process, profile);
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private Chromium(Process process, Path profile) {
        this.process = process;
        List<String> port = awaitLines(profile.resolve("DevToolsActivePort"));
        this.socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1)), new Listener())
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        String target = call(Map.of(), "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
        this.session = call(Map.of(), "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId").asText();
    }

    private static List<String> awaitLines(Path file) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() >= 2) {
                    return lines;
                }
            } catch (IOException e) {
                // not there yet
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return fail("Chromium did not start within " + LIMIT);
    }

    /** Without the machine's own touch and scale. */
    public void resize(int width, int height) {
        call("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void open(URI page) {
        call("Page.navigate", Map.of("url", page.toString()));
    }

    /** @return the value of a JavaScript expression, which may be a promise */
    public JsonNode evaluate(String expression) {
        JsonNode answer = call("Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + " threw " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until the expression is true. @return how long that took, from the call on */
    public Duration await(String expression) {
        return await(expression, LIMIT);
    }

    /** @param limit longest wait */
    public Duration await(String expression, Duration limit) {
        long start = System.nanoTime();
        while (!evaluate("Boolean(" + expression + ")").asBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                fail(expression + " did not become true within " + limit + "; the page says: "
                        + evaluate("document.body.innerText").asText());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Presses a key as a keyboard does. */
    public void press(String key, String text) {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", text));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Touches the middle of an element as a finger does: what pages may do only after a touch is allowed then. */
    public void touch(String selector) {
        JsonNode place = evaluate("document.querySelector('" + selector + "').getBoundingClientRect().toJSON()");
        Map<String, Object> at = Map.of("x", place.path("x").asDouble() + place.path("width").asDouble() / 2, "y",
                place.path("y").asDouble() + place.path("height").asDouble() / 2, "button", "left", "clickCount", 1);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            Map<String, Object> event = new java.util.HashMap<>(at);
            event.put("type", type);
            call("Input.dispatchMouseEvent", event);
        }
    }

    /** @return what is on the screen */
    public byte[] screenshot() {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
    }

    public static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        return call(Map.of("sessionId", session), method, parameters);
    }

    private JsonNode call(Map<String, Object> head, String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        try {
            Map<String, Object> message = new java.util.HashMap<>(head);
            message.putAll(Map.of("id", id, "method", method, "params", parameters));
            socket.sendText(JSON.writeValueAsString(message), true).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            JsonNode node = answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            if (node.has("error")) {
                throw new AssertionError(method + ": " + node.path("error"));
            }
            return node.path("result");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                accept(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void accept(String message) {
            try {
                JsonNode node = JSON.readTree(message);
                CompletableFuture<JsonNode> answer = answers.remove(node.path("id").asInt());
                if (answer != null) {
                    answer.complete(node);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Waits until the browser and its children are gone and the folder is free. */
    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        family.forEach(ProcessHandle::destroy);
        for (ProcessHandle member : family) {
            try {
                member.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                member.destroyForcibly();
            }
        }
    }
}
