package org.regstream.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.awt.Rectangle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertState;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Network;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.service.page.Picture.Found;
import org.regstream.service.procedure.ProcedureStore;
import org.regstream.service.testing.Chromium;
import org.regstream.service.testing.FrameMessages;
import org.regstream.service.testing.InMemoryChannels;
import org.regstream.wire.ProcedureCodec;

/** The page in a real browser. Screenshots stay under {@code target/page}. */
@QuarkusTest
@TestProfile(InMemoryChannels.class)
class DisplayPageTest {

    private static final Path SCREENSHOTS = Path.of("target", "page");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String GREEN = "rgb(76, 201, 160)";
    private static final Grid PLAIN = new Grid(36, 50, 44, Affine.axisAligned(new Vector3(-30, 12, 40), 1.2, 1, 1));

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path profile;
    static Chromium browser;

    @Inject
    PageFeed feed;
    @Inject
    RecordedReceipts receipts;
    @Inject
    ProcedureStore store;
    @Inject
    @Any
    InMemoryConnector connector;
    @TestHTTPResource("/")
    URI service;

    private final FrameMessages messages = new FrameMessages();
    private final String procedure = "page-" + UUID.randomUUID();

    @BeforeAll
    static void startBrowser() throws IOException {
        browser = Chromium.start(profile);
        Files.createDirectories(SCREENSHOTS);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void makeTheScreenLarge() {
        browser.resize(1920, 1080);
    }

    @Test
    void shouldDrawOutlinesWhereTheLabelsAre() throws IOException {
        assertThatOutlinesLieRight(PLAIN, "plain");
    }

    /** Columns run to the feet, rows to the left, slices to the back, all turned by some 20 degrees. */
    @Test
    void shouldDrawOutlinesWhereTheLabelsAreInAnObliqueFlippedOrientation() throws IOException {
        Vector3 i = new Vector3(0.2, 0.25, -0.95).normalized();
        Vector3 j = new Vector3(0.95, -0.1, 0.2).normalized();
        j = j.minus(i.times(i.dot(j))).normalized();
        Vector3 k = i.cross(j);
        assertThat(k.y()).as("slices run to the front").isNegative();

        assertThatOutlinesLieRight(new Grid(50, 48, 44, new Affine(new Vector3(5, 6, 7), k.times(-1), j, i.times(0.9))),
                "oblique");
    }

    private void assertThatOutlinesLieRight(Grid grid, String name) throws IOException {
        open(procedure);
        feed.onResult(new PagePhantom(grid).result(procedure, 1, Network.ENSEMBLE, Instant.now(), HOUR));
        awaitSituation("live");

        Map<String, Found> first = outlines("left box", PagePhantom.LEFT.colour(), name + "-left");
        Map<String, Found> second = outlines("right box", PagePhantom.RIGHT.colour(), name + "-right");

        // the patient's left is at the right of the screen, the front at the top or at the left, the head at the top
        assertThat(first.get("Axial").middleX()).isGreaterThan(second.get("Axial").middleX() + 50);
        assertThat(first.get("Axial").middleY()).isLessThan(second.get("Axial").middleY() - 50);
        assertThat(first.get("Coronal").middleX()).isGreaterThan(second.get("Coronal").middleX() + 25);
        assertThat(first.get("Coronal").middleY()).isLessThan(second.get("Coronal").middleY() - 25);
        assertThat(first.get("Sagittal").middleX()).isLessThan(second.get("Sagittal").middleX() - 25);
        assertThat(first.get("Sagittal").middleY()).isLessThan(second.get("Sagittal").middleY() - 25);
    }

    /** Goes to a structure and compares, in each view, the outline's pixels with the bright pixels that they must enclose. */
    private Map<String, Found> outlines(String structure, String colour, String name) throws IOException {
        browser.evaluate("[...document.querySelectorAll('.structure')].find(b => b.textContent.includes('" + structure
                + "')).click()");
        Map<String, Picture> pictures = pictures(name);
        Map<String, Found> found = new java.util.HashMap<>();
        pictures.forEach((plane, picture) -> {
            Found line = picture.lines(colour);
            Found bright = picture.bright();
            assertThat(line.count()).as(name + " " + plane).isGreaterThan(100);
            assertThat(bright.count()).as(name + " " + plane).isGreaterThan(500);
            assertThatEncloses(line.box(), bright.box(), name + " " + plane);
            found.put(plane, line);
        });
        return found;
    }

    /** On each side by at most the half-width of the line, its dark border and a voxel's blurred edge. */
    private static void assertThatEncloses(Rectangle line, Rectangle bright, String what) {
        int most = 14;
        assertThat(bright.x - line.x).as(what + ": left of " + bright + " in " + line).isBetween(0, most);
        assertThat(bright.y - line.y).as(what + ": above " + bright + " in " + line).isBetween(0, most);
        assertThat(line.getMaxX() - bright.getMaxX()).as(what + ": right").isBetween(0.0, (double) most);
        assertThat(line.getMaxY() - bright.getMaxY()).as(what + ": below").isBetween(0.0, (double) most);
    }

    @Test
    void shouldTellTheFirstLookFromTheCheckedResult() throws IOException {
        PagePhantom phantom = new PagePhantom(PLAIN);
        Instant acquired = Instant.now();
        open(procedure);
        feed.onResult(phantom.result(procedure, 1, Network.STUDENT, acquired, HOUR));
        browser.await("document.body?.dataset.source === 'STUDENT'");
        int broken = outlines("left box", PagePhantom.LEFT.colour(), "first-look").get("Axial").count();
        assertThat(text("#headline")).isEqualTo("First look");

        feed.onResult(phantom.result(procedure, 2, Network.ENSEMBLE, acquired, HOUR));

        browser.await("document.body?.dataset.source === 'ENSEMBLE'");
        int whole = outlines("left box", PagePhantom.LEFT.colour(), "checked").get("Axial").count();
        assertThat(text("#headline")).isEqualTo("Checked");
        assertThat(text("#structures")).contains("Dice 0.87", "Dice 0.64");
        assertThat((double) broken / whole).isBetween(0.3, 0.8);
    }

    @Test
    void shouldRemoveOutlinesWhenThereIsNoValidRegistration() throws IOException {
        PagePhantom phantom = new PagePhantom(PLAIN);
        Instant acquired = Instant.now();
        open(procedure);
        feed.onResult(phantom.result(procedure, 1, Network.ENSEMBLE, acquired, HOUR));
        awaitSituation("live");
        outlines("left box", PagePhantom.LEFT.colour(), "before-invalid");
        browser.press("u", "u");
        pictures("before-invalid-uncertain").forEach(
                (plane, picture) -> assertThat(picture.uncertain().count()).as(plane).isGreaterThan(100));

        feed.onNoRegistration(none(3, acquired.plusMillis(200)));
        feed.onResult(phantom.result(procedure, 2, Network.ENSEMBLE, acquired.plusMillis(100), HOUR));

        awaitSituation("invalid");
        assertThat(text("#veil-title")).isEqualTo("No valid registration");
        assertThat(text("#veil-text")).contains("The volumes do not overlap.", "the picture is an old one");
        assertThat(text("#age-words")).contains("do not rely on it");
        assertThat(text("#structures-note")).contains("Nothing is known of what the scanner sees now");
        double age = age();
        browser.await("parseFloat(document.getElementById('age').textContent) >= " + (age + 0.5));
        assertThatNothingIsOutlined("invalid");
        browser.press("u", "u");
        feed.onResult(phantom.result(procedure, 4, Network.ENSEMBLE, acquired.plusMillis(300), HOUR));
        awaitSituation("live");
        outlines("left box", PagePhantom.LEFT.colour(), "after-invalid");
    }

    @Test
    void shouldSayThatThereIsNoValidRegistrationOfTheFirstVolume() throws IOException {
        feed.onNoRegistration(none(1, Instant.now()));

        browser.open(service.resolve("/?procedure=" + procedure));

        awaitSituation("invalid");
        assertThat(text("#veil-text")).isEqualTo("The volumes do not overlap.");
        assertThat(text("#age")).isEqualTo("–");
    }

    /** The picture of the newer volume stays as it is, pixel by pixel. */
    @Test
    void shouldNotPaintTheEnsemblesLateResultOverANewerPicture() throws IOException {
        PagePhantom phantom = new PagePhantom(PLAIN);
        Instant acquired = Instant.now();
        open(procedure);
        feed.onResult(phantom.result(procedure, 1, Network.STUDENT, acquired, HOUR));
        feed.onResult(phantom.result(procedure, 2, Network.STUDENT, acquired.plusMillis(100), HOUR));
        await().atMost(LIMIT).until(() -> !shown("2.25.2").isEmpty());
        Map<String, Picture> before = pictures("newer-first-look");

        feed.onResult(phantom.result(procedure, 3, Network.ENSEMBLE, acquired, HOUR));
        feed.onAlert(alert(AlertCode.LABEL_UNCERTAIN, AlertPhase.RAISED, "Comes after the late result."));

        browser.await("document.querySelector('.alert')");
        feed.onAlert(alert(AlertCode.LABEL_UNCERTAIN, AlertPhase.CLEARED, "Gone."));
        browser.await("!document.querySelector('.alert')");
        assertThat(browser.evaluate("document.body.dataset.source").asText()).isEqualTo("STUDENT");
        pictures("newer-first-look-after").forEach((plane, picture) -> assertThat(picture.lines(
                PagePhantom.LEFT.colour())).as(plane).isEqualTo(before.get(plane).lines(PagePhantom.LEFT.colour())));
        assertThat(shown("2.25.3")).isEmpty();
    }

    private NoRegistration none(long sequence, Instant acquiredAt) {
        return new NoRegistration(procedure, sequence, Optional.empty(), acquiredAt, AlertCode.NO_VALID_REGISTRATION,
                "NO_OVERLAP", "The volumes do not overlap.", Instant.now());
    }

    @Test
    void shouldSayThatAResultIsOutOfDateWithoutBeingTold() throws IOException {
        open(procedure);

        feed.onResult(new PagePhantom(PLAIN).result(procedure, 1, Network.ENSEMBLE, Instant.now(),
                Duration.ofSeconds(3)));

        awaitSituation("live");
        awaitSituation("stale");
        assertThat(text("#veil-title")).isEqualTo("Out of date");
        assertThatNothingIsOutlined("stale");
    }

    @Test
    void shouldShowAnAlertAndItsEnd() throws IOException {
        open(procedure);
        feed.onResult(new PagePhantom(PLAIN).result(procedure, 1, Network.ENSEMBLE, Instant.now(), HOUR));
        awaitSituation("live");

        feed.onAlert(alert(AlertCode.LABEL_UNCERTAIN, AlertPhase.RAISED, "The outline of the right box is uncertain."));

        browser.await("document.querySelector('.alert.medium.unseen')");
        assertThat(text("#alerts")).containsIgnoringCase("medium priority").contains("right box is uncertain");
        assertThat(text("#polite")).contains("right box is uncertain");
        browser.press("u", "u");
        browser.await("document.getElementById('legend').checkVisibility()");
        browser.evaluate("document.querySelector('.structure').click()");
        keep("alert");

        feed.onAlert(alert(AlertCode.LABEL_UNCERTAIN, AlertPhase.CLEARED, "The right box is within limits again."));

        browser.await("document.querySelector('.alert.over')");
        browser.await("!document.querySelector('.alert')");
        browser.press("u", "u");
    }

    /** Pulses are counted where the browser starts them. */
    @Test
    void shouldSoundOnceItIsTurnedOnUntilAnAlertIsAcknowledged() throws IOException {
        open(procedure);
        browser.evaluate("(start => { window.pulses = 0; OscillatorNode.prototype.start = function (at) {"
                + " window.pulses++; start.call(this, at); }; })(OscillatorNode.prototype.start)");
        Alert high = alert(AlertCode.STALE, AlertPhase.RAISED, "The newest result is too old.");
        feed.onAlert(high);
        browser.await("document.querySelector('.alert.high.unseen')");
        assertThat(text("#sound")).isEqualTo("Sound off");
        assertThat(browser.evaluate("window.pulses").asInt()).isZero();

        browser.touch("#sound");

        browser.await("document.getElementById('sound').innerText === 'Sound on'");
        browser.await("window.pulses === 10");
        keep("sound-on");
        feed.onAlert(acknowledged(high));
        browser.await("document.querySelector('.alert.seen')");
        browser.evaluate("window.pulses = 0");
        feed.onAlert(alert(AlertCode.LABEL_UNCERTAIN, AlertPhase.RAISED, "The outline is uncertain."));
        browser.await("window.pulses === 3");
        browser.touch("#sound");
        browser.await("document.getElementById('sound').innerText === 'Sound off'");
    }

    private static Alert acknowledged(Alert a) {
        return new Alert(a.procedureId(), a.alertId(), a.epoch(), a.sequence() + 1, a.code(), a.priority(),
                AlertPhase.ACKNOWLEDGED, a.state(),
                Optional.of(new Acknowledgement("OR display", Instant.now(), Instant.now().plusSeconds(300))),
                a.structure(), a.volumeId(), a.measurement(), a.since(), a.at(), a.sentence());
    }

    /** From frames to the screen and back: the whole service but broker and network. */
    @Test
    void shouldAcknowledgeAnAlert() {
        Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
        store.put(procedure, ProcedureCodec.encode(phantom.procedure(procedure)));
        try {
            open(procedure);
            send(phantom.series("2.25.77", 1, Instant.now()));
            awaitSituation("live");
            assertThat(text("#headline")).isEqualTo("First look");

            List<byte[]> slices = phantom.series("2.25.77", 2, Instant.now());
            send(slices.subList(0, 7));
            send(slices.subList(8, 16));

            browser.await("document.querySelector('.alert.unseen .acknowledge:not([hidden])')");
            browser.evaluate("document.querySelector('.acknowledge').click()");
            browser.await("document.querySelector('.alert.seen, .alert.over')");
            assertThat(text("#alerts")).contains("OR display");
        } finally {
            store.delete(procedure);
        }
        browser.await("document.body.dataset.situation === 'ended'");
    }

    @Test
    void shouldOfferAChoiceWhereThereAreSeveralProcedures() {
        Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
        List<String> ids = List.of(procedure + "-1", procedure + "-2");
        browser.open(service);
        browser.await("document.getElementById('chooser-title')?.textContent.startsWith('No procedure yet')");

        ids.forEach(id -> store.put(id, ProcedureCodec.encode(ofASeriesOfItsOwn(phantom.procedure(id)))));
        try {
            browser.await("document.querySelectorAll('#choices a').length === 2");
            browser.evaluate("document.querySelectorAll('#choices a')[1].click()");
            awaitSituation("waiting");
            assertThat(text("#procedure")).isEqualTo("Procedure " + browser
                    .evaluate("new URLSearchParams(location.search).get('procedure')").asText());
        } finally {
            ids.forEach(store::delete);
        }
    }

    private static Procedure ofASeriesOfItsOwn(Procedure made) {
        return new Procedure(made.id(), made.reference(), LiveSelector.series("2.25." + Math.abs(made.id().hashCode())),
                made.ageBudget());
    }

    private void send(List<byte[]> slices) {
        slices.forEach(slice -> connector.<Message<byte[]>>source("frames").send(messages.next(slice)));
    }

    @Test
    void shouldShowSilenceWithinTwoSecondsAndConnectAgain() throws IOException {
        try (Relay cable = new Relay(service.getPort())) {
            browser.open(URI.create("http://127.0.0.1:" + cable.port() + "/?procedure=" + procedure));
            awaitSituation("waiting");
            feed.onResult(new PagePhantom(PLAIN).result(procedure, 1, Network.ENSEMBLE, Instant.now(), HOUR));
            awaitSituation("live");

            // measured in the page, whose machine is the one that must notice
            browser.evaluate("window.seen = new Promise(done => new MutationObserver(() => "
                    + "document.body.dataset.situation === 'lost' && done(performance.now()))"
                    + ".observe(document.body, {attributes: true})); window.cut = performance.now()");
            cable.cut();
            double silenceMillis = browser.evaluate("window.seen.then(at => at - window.cut)").asDouble();

            assertThat(silenceMillis).isBetween(500.0, 2000.0);
            assertThat(text("#veil-title")).isEqualTo("Connection lost");
            assertThatNothingIsOutlined("lost");
            cable.mend();
            awaitSituation("live");
        }
    }

    @Test
    void shouldReportWhatItShows() {
        open(procedure);
        Instant before = Instant.now();

        PageResult result = new PagePhantom(PLAIN).result(procedure, 7, Network.ENSEMBLE, Instant.now(), HOUR);
        feed.onResult(result);

        await().atMost(LIMIT).until(() -> !shown(result.eventId()).isEmpty());
        PageReceipt receipt = shown(result.eventId()).get(0);
        assertThat(receipt.displayId()).startsWith("page-");
        assertThat(receipt.at()).isBetween(before.minusMillis(100), Instant.now().plusMillis(100));
        await().atMost(LIMIT).until(() -> shown(result.eventId()).size() >= 2);
        browser.open(URI.create("about:blank"));
        await().atMost(LIMIT).until(() -> receipts.of(procedure).stream().anyMatch(PageReceipt::isClosed));
    }

    private List<PageReceipt> shown(String eventId) {
        return receipts.of(procedure).stream().filter(r -> r.eventId().equals(Optional.of(eventId))).toList();
    }

    @Test
    void shouldReplayThePastMarkedAsSuch() throws IOException {
        open(procedure);
        Instant start = Instant.now();
        for (int n = 0; n < 5; n++) {
            feed.onResult(new PagePhantom(PLAIN).result(procedure, n + 1, Network.ENSEMBLE,
                    start.minusSeconds(20 - 4 * n), HOUR));
            int shown = n + 1;
            browser.await("Number(document.getElementById('slider').max) === " + (shown - 1));
        }

        browser.evaluate("(() => { const s = document.getElementById('slider'); s.value = 1; "
                + "s.dispatchEvent(new Event('input')); })()");

        awaitSituation("replay");
        assertThat(text("#headline")).isEqualTo("Replay, not live");
        assertThat(text("#replay-text")).contains("not live");
        assertThat(age()).isCloseTo(Duration.between(start.minusSeconds(16), Instant.now()).toMillis() / 1e3,
                within(3.0));
        keep("replay");
        browser.evaluate("document.getElementById('live').click()");
        awaitSituation("live");
    }

    @Test
    void shouldLoadNothingFromOutside() {
        open(procedure);
        awaitSituation("waiting");

        JsonNode addresses = browser.evaluate(
                "performance.getEntriesByType('resource').map(e => new URL(e.name).host).filter(h => h !== location.host)");

        assertThat(addresses).isEmpty();
        String policy = browser.evaluate("fetch('/').then(r => r.headers.get('content-security-policy'))").asText();
        assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
    }

    /** Sizes of common screens; by the geometry of every element, and on screenshots to look at. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1024, 768", "768, 1024", "1366, 768", "1180, 820", "820, 1180", "1920, 1080"})
    void shouldHideNothingWithTwoAlertsOpen(int width, int height) throws IOException {
        PagePhantom phantom = new PagePhantom(PLAIN);
        String name = "screen-" + width + "x" + height;
        browser.resize(width, height);
        open(procedure);
        assertThatNothingIsHidden(name + "-waiting");
        Instant acquired = Instant.now();
        feed.onResult(phantom.result(procedure, 1, Network.ENSEMBLE, acquired.minusSeconds(4), HOUR));
        feed.onResult(phantom.result(procedure, 2, Network.ENSEMBLE, acquired, HOUR));
        awaitSituation("live");
        feed.onAlert(acknowledged(alert(AlertCode.FROZEN_IMAGE, AlertPhase.RAISED,
                "The last 3 volumes show one and the same image. The overlay shows the past: do not rely on it.")));
        feed.onAlert(ofStructure("right box", AlertPhase.RAISED,
                "The outline of the right box is uncertain: predicted Dice 0.64, at least 0.70 wanted. Do not rely on "
                        + "its outline; compare with the live image."));
        browser.await("document.querySelectorAll('.alert').length === 2");
        assertThatNothingIsHidden(name);
        browser.press("u", "u");
        browser.await("document.getElementById('legend').checkVisibility()");
        assertThatNothingIsHidden(name + "-uncertainty");
        feed.onResult(phantom.result(procedure, 3, Network.STUDENT, acquired.plusMillis(1), HOUR));
        browser.await("document.body.dataset.source === 'STUDENT'");
        assertThatNothingIsHidden(name + "-first-look");
        feed.onNoRegistration(none(4, acquired.plusMillis(2)));
        awaitSituation("invalid");
        assertThatNothingIsHidden(name + "-invalid");
        browser.press("u", "u");
    }

    private static void assertThatNothingIsHidden(String name) throws IOException {
        keep(name);
        JsonNode found = browser.evaluate(Files.readString(Path.of("src", "test", "js", "layout.js")));
        assertThat(found).as(name + ": " + found).isEmpty();
        assertThat(browser.evaluate("document.querySelector('.notice').checkVisibility()").asBoolean()).isTrue();
    }

    /** The scanner goes on with another image: what is known of the one before is no figure of this one. */
    @Test
    void shouldNotShowFiguresOfAnEarlierVolumeAsThoseOfThisOne() {
        PagePhantom phantom = new PagePhantom(PLAIN);
        Instant acquired = Instant.now();
        open(procedure);
        feed.onResult(phantom.result(procedure, 1, Network.ENSEMBLE, acquired, HOUR));
        browser.await("document.body.dataset.source === 'ENSEMBLE'");
        assertThat(texts(".dice")).allMatch(dice -> dice.matches("Dice 0\\.\\d\\d, .*"));
        assertThat(colour("#age")).isEqualTo(GREEN);

        feed.onResult(phantom.result(procedure, 2, Network.STUDENT, acquired.plusMillis(100), HOUR));

        browser.await("document.body.dataset.source === 'STUDENT'");
        assertThat(texts(".dice")).allMatch(dice -> dice.startsWith("Dice –"));
        assertThat(texts(".trend")).allMatch(trend -> trend.matches("earlier: 0\\.\\d\\d, .* old"));
        assertThat(colour("#age")).as("new is not yet good").isNotEqualTo(GREEN);
        feed.onNoRegistration(none(3, acquired.plusMillis(200)));
        awaitSituation("invalid");
        assertThat(texts(".dice")).containsOnly("Dice –");
        assertThat(text("#origin")).isEmpty();
    }

    @Test
    void shouldShowOutlinesThatAreNotToBeReliedOnAsDots() throws IOException {
        open(procedure);
        feed.onResult(new PagePhantom(PLAIN).result(procedure, 1, Network.ENSEMBLE, Instant.now(), HOUR));
        awaitSituation("live");
        int other = outlines("left box", PagePhantom.LEFT.colour(), "trusted-other").get("Axial").count();
        int whole = outlines("right box", PagePhantom.RIGHT.colour(), "trusted").get("Axial").count();

        feed.onAlert(ofStructure("right box", AlertPhase.RAISED, "The outline of the right box is uncertain."));

        browser.await("document.body.dataset.doubted === 'true'");
        assertThat(text("#headline")).isEqualTo("Checked: doubtful");
        assertThat(colour("#age")).isNotEqualTo(GREEN);
        Map<String, Picture> doubted = pictures("distrusted");
        assertThat((double) doubted.get("Axial").lines(PagePhantom.RIGHT.colour()).count() / whole).isBetween(0.1, 0.6);
        assertThat(browser.evaluate("document.querySelectorAll('#structures .low').length").asInt()).isOne();
        // whole, in a picture that leaves the alert some room
        assertThat((double) outlines("left box", PagePhantom.LEFT.colour(), "still-trusted").get("Axial").count()
                / other).isBetween(0.7, 1.2);
        browser.evaluate("document.querySelectorAll('.structure')[1].click()");
        feed.onAlert(ofStructure("right box", AlertPhase.CLEARED, "The right box is within limits again."));
        browser.await("document.body.dataset.doubted === 'false' && !document.querySelector('.alert')");
        assertThat(pictures("trusted-again").get("Axial").lines(PagePhantom.RIGHT.colour()).count()).isEqualTo(whole);
    }

    /** A page that is opened when everything is over: it has never seen the result that the alert speaks of. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotWaitForAFirstResultWhereAnAlertTellsOfAnOlderOne(boolean isResultKnown) {
        if (isResultKnown) {
            feed.onResult(new PagePhantom(PLAIN).result(procedure, 1, Network.ENSEMBLE, Instant.now().minusSeconds(9),
                    Duration.ofSeconds(5)));
        }
        feed.onAlert(alert(AlertCode.STALE, AlertPhase.RAISED, "The newest result is 519.0 s old, at most 5.0 s "
                + "allowed. The overlay shows the past: do not rely on it."));

        browser.open(service.resolve("/?procedure=" + procedure));

        awaitSituation("stale");
        browser.await("document.querySelector('.alert.high')");
        assertThat(text("#veil-title")).isEqualTo("Nothing to show");
        assertThat(text("body")).doesNotContain("irst result", "has been registered yet");
    }

    private static List<String> texts(String selector) {
        List<String> texts = new java.util.ArrayList<>();
        browser.evaluate("[...document.querySelectorAll('" + selector + "')].map(node => node.textContent)")
                .forEach(text -> texts.add(text.asText()));
        assertThat(texts).isNotEmpty();
        return texts;
    }

    private static String colour(String selector) {
        return browser.evaluate("getComputedStyle(document.querySelector('" + selector + "')).color").asText();
    }

    private Alert ofStructure(String structure, AlertPhase phase, String sentence) {
        Alert a = alert(AlertCode.LABEL_UNCERTAIN, phase, sentence);
        return new Alert(a.procedureId(), a.alertId(), a.epoch(), a.sequence(), a.code(), a.priority(), a.phase(),
                a.state(), a.acknowledgement(), Optional.of(structure), a.volumeId(), a.measurement(), a.since(),
                a.at(), a.sentence());
    }

    private void open(String procedureId) {
        browser.open(service.resolve("/?procedure=" + procedureId));
        awaitSituation("waiting");
    }

    private void awaitSituation(String name) {
        browser.await("document.body?.dataset.situation === '" + name + "'");
    }

    /** Of the result, as it stands there, s. */
    private static double age() {
        return browser.evaluate("parseFloat(document.getElementById('age').textContent)").asDouble();
    }

    private String text(String selector) {
        return browser.evaluate("document.querySelector('" + selector + "').innerText").asText();
    }

    private void assertThatNothingIsOutlined(String name) throws IOException {
        pictures(name).forEach((plane, picture) -> {
            assertThat(picture.lines(PagePhantom.LEFT.colour()).count()).as(plane).isZero();
            assertThat(picture.lines(PagePhantom.RIGHT.colour()).count()).as(plane).isZero();
            assertThat(picture.uncertain().count()).as(plane).isZero();
        });
    }

    /** What each canvas shows, by the name of its plane. */
    private Map<String, Picture> pictures(String name) throws IOException {
        byte[] screen = keep(name);
        JsonNode places = browser.evaluate("Object.fromEntries([...document.querySelectorAll('canvas')].map(c => "
                + "[c.ariaLabel.split(' ')[0], c.getBoundingClientRect().toJSON()]))");
        Map<String, Picture> pictures = new java.util.HashMap<>();
        for (String plane : List.of("Axial", "Coronal", "Sagittal")) {
            pictures.put(plane, Picture.of(Chromium.image(screen), places.path(plane)));
        }
        return pictures;
    }

    /** Once what is due is painted. */
    private static byte[] keep(String name) throws IOException {
        browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
        byte[] png = browser.screenshot();
        Files.write(SCREENSHOTS.resolve(name + ".png"), png);
        return png;
    }

    private Alert alert(AlertCode code, AlertPhase phase, String sentence) {
        return new Alert(procedure, "a-" + code.ordinal(), 1, 1, code, code.priority(), phase,
                phase == AlertPhase.CLEARED ? AlertState.INACTIVE : AlertState.ACTIVE, Optional.empty(),
                Optional.empty(),
                Optional.empty(), Optional.empty(), Instant.now(), Instant.now(), sentence);
    }
}
