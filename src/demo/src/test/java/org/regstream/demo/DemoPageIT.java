package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.service.testing.Chromium;

/** The packaged demo as a newcomer sees it: its page in a real browser. Screenshots stay under {@code target/page}. */
class DemoPageIT {

    private static final Path SCREENSHOTS = Path.of("target", "page");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern ADDRESS = Pattern.compile("display page: (http://\\S+)");
    private static final Pattern ROW = Pattern.compile("(?m)^ *\\d+ +([\\d.]+) ms +.* > .*$");
    private static final double SLOW_MILLIS = 2500;
    private static final int MEDIUM = 0xf0e442;
    private static final int HIGH = 0xd55e00;
    /** What a machine that is too slow for the demo must say besides. */
    private static final List<String> OF_SLOWNESS = List.of("STALE", "SUPERSEDED", "NOT_ASSESSED", "RECEIPTS_MISSING");
    private static final String FAILURE = "document.querySelector('.alert[data-code=LABEL_UNCERTAIN]:not(.over)')";
    private static final String FAREWELL = "document.querySelector('.alert[data-code=LABEL_UNCERTAIN].over')";

    private final Path shipped = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;
    private DemoProcess demo;

    @BeforeEach
    void requireApplication() {
        DemoProcess.requireApplication();
        assumeTrue(Files.exists(shipped.resolve("ensemble.onnx")), "skipped: no ensemble in " + shipped);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (demo != null) {
            demo.process().destroy();
            if (!demo.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                demo.process().destroyForcibly();
            }
        }
    }

    @Test
    void shouldShowAMovingPatientAndAnAlertThatComesAndGoes() throws Exception {
        try (Chromium browser = Chromium.start(Files.createDirectories(folder.resolve("profile")))) {
            browser.resize(1920, 1080);
            demo = DemoProcess.start(folder, shipped, List.of("-Dregstream.assembly.idle-timeout=10s"), "--volumes",
                    "24",
                    "--rate", "0.25", "--timeout", "60");
            browser.open(page());
            requireQuickMachine();

            // a newcomer sees a patient who moves, and nothing wrong
            browser.await("document.body?.dataset.situation === 'live'", LIMIT);
            watchAlerts(browser);
            browser.await("document.getElementById('slider').max >= 1", LIMIT);
            assertThat(codes(browser)).isSubsetOf(OF_SLOWNESS);
            keep(browser, "demo-before");

            // then an alert, once the failure has begun
            browser.await(FAILURE, LIMIT);
            browser.await("document.querySelector('#structures .low')");
            await().atMost(LIMIT).until(() -> demo.output().contains("-- on purpose"));
            assertThatTheFailureIsShown(browser);

            // and its end, once the failure has ended
            browser.await("!" + FAILURE + " && " + FAREWELL, LIMIT);
            keep(browser, "demo-over");
            await().atMost(LIMIT).until(() -> demo.output().contains("-- the patient lies still again"));
            browser.await("!document.querySelector('.alert[data-code=LABEL_UNCERTAIN]')", LIMIT);

            // and the demo's own end is no other failure
            assertThat(demo.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(demo::output).isTrue();
            assertThat(demo.process().exitValue()).as(demo::output).isZero();
            assertThat(demo.output()).doesNotContain("GAP");
            assertThat(codes(browser)).contains("LABEL_UNCERTAIN").doesNotContain("GAP", "NO_VALID_REGISTRATION");
        }
    }

    /** One that needs longer for a volume than the scanner has nothing but silence to show. */
    private void requireQuickMachine() {
        await().atMost(LIMIT).until(() -> registered().size() >= 3 || !demo.process().isAlive());
        double quickestMillis = registered().stream().mapToDouble(Double::doubleValue).min().orElse(0);
        assumeTrue(quickestMillis < SLOW_MILLIS,
                "skipped: the machine is too busy for a demo, labels took " + quickestMillis + " ms");
    }

    /** @return how long the labels of each volume took, ms */
    private List<Double> registered() {
        return ROW.matcher(demo.output()).results().map(row -> Double.valueOf(row.group(1))).toList();
    }

    /** In words, and in the picture: the banner is framed in the colour of its priority. */
    private static void assertThatTheFailureIsShown(Chromium browser) throws IOException {
        BufferedImage screen = Chromium.image(keep(browser, "demo-failure"));
        JsonNode alert = browser.evaluate("(a => ({text: a.innerText, isHigh: a.classList.contains('high'), "
                + "place: a.getBoundingClientRect().toJSON()}))(" + FAILURE + ")");
        assertThat(alert.path("text").asText()).contains("hippocampus").containsIgnoringCase("priority");
        JsonNode place = alert.path("place");
        int border = screen.getRGB(place.path("x").asInt() + 7,
                place.path("y").asInt() + place.path("height").asInt() / 2) & 0xffffff;
        assertThat(border).isEqualTo(alert.path("isHigh").asBoolean() ? HIGH : MEDIUM);
    }

    /** From now on every alert's code is kept in the page. */
    private static void watchAlerts(Chromium browser) {
        browser.evaluate("window.codes = new Set(); (note => { note(); new MutationObserver(note).observe("
                + "document.getElementById('alerts'), {childList: true, subtree: true, attributes: true}); })"
                + "(() => document.querySelectorAll('.alert').forEach(a => window.codes.add(a.dataset.code)))");
    }

    private static List<String> codes(Chromium browser) {
        List<String> codes = new ArrayList<>();
        browser.evaluate("[...window.codes]").forEach(code -> codes.add(code.asText()));
        return codes;
    }

    private static byte[] keep(Chromium browser, String name) throws IOException {
        browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
        byte[] png = browser.screenshot();
        Files.write(Files.createDirectories(SCREENSHOTS).resolve(name + ".png"), png);
        return png;
    }

    private URI page() {
        await().atMost(LIMIT).until(() -> ADDRESS.matcher(demo.output()).find() || !demo.process().isAlive());
        Matcher address = ADDRESS.matcher(demo.output());
        assertThat(address.find()).as(demo::output).isTrue();
        return URI.create(address.group(1));
    }
}
