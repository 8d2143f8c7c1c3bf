package org.regstream.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertState;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Network;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.testkit.FakeModel;
import org.regstream.service.page.PageMessage.Type;

class PageFeedTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Grid GRID = new Grid(20, 24, 22, Affine.axisAligned(new Vector3(0, 0, 0), 2, 2, 2));

    private final Counts counts = new Counts();
    private final Clock clock = Clock.fixed(START, ZoneOffset.UTC);
    private final PageFeed feed = feed(3, Duration.ofSeconds(10));

    private PageFeed feed(int maxClients, Duration writeTimeout) {
        return new PageFeed(new PageSettings(maxClients, Duration.ofMillis(50), writeTimeout),
                FakeModel.shifting(new ModelGrid(8, 8, 8, 1, "LPS"), 0, 0, 0).manifest(), counts, clock);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void shouldTellAResultToThePagesOfItsProcedureAlone() {
        Browser own = join("p1");
        Browser other = join("p2");

        feed.onResult(result("p1", 1, 0));

        own.await(Type.RESULT, 1);
        JsonNode metadata = own.received(Type.RESULT).get(0).metadata();
        assertThat(metadata.path("procedureId").asText()).isEqualTo("p1");
        assertThat(metadata.path("acquiredAt").asLong()).isEqualTo(START.toEpochMilli());
        assertThat(metadata.path("validUntil").asLong()).isEqualTo(START.plus(BUDGET).toEpochMilli());
        assertThat(metadata.path("source").asText()).isEqualTo("ENSEMBLE");
        other.await(Type.HEARTBEAT, 3);
        assertThat(other.received(Type.RESULT)).isEmpty();
    }

    @Test
    void shouldTellALateJoinerWhatIsShownAndWhatIsOpen() {
        feed.onResult(result("p1", 1, 0));
        feed.onAlert(alert(AlertCode.LABEL_UNCERTAIN, AlertPhase.RAISED));
        feed.onAlert(alert(AlertCode.GAP, AlertPhase.RAISED));
        feed.onAlert(alert(AlertCode.GAP, AlertPhase.CLEARED));

        Browser late = join("p1");

        late.await(Type.RESULT, 1);
        late.await(Type.ALERT, 1);
        assertThat(late.received(Type.ALERT)).hasSize(1).first()
                .satisfies(m -> assertThat(m.metadata().at("/alert/code").asText()).isEqualTo("LABEL_UNCERTAIN"));
    }

    @Test
    void shouldWithdrawWhatIsNotValidAnyMoreAndShowNothingOldInItsPlace() {
        Browser browser = join("p1");
        feed.onResult(result("p1", 1, 5));
        browser.await(Type.RESULT, 1);

        feed.onNoRegistration(none(1, 5));
        feed.onResult(result("p1", 2, 5));
        feed.onResult(result("p1", 3, 4));

        browser.await(Type.WITHDRAWN, 1);
        browser.await(Type.HEARTBEAT, browser.received(Type.HEARTBEAT).size() + 3);
        assertThat(browser.received(Type.RESULT)).hasSize(1);
        feed.onResult(result("p1", 4, 6));
        browser.await(Type.RESULT, 2);
    }

    @Test
    void shouldWithdrawWhatIsShownOfAVolumeBeforeOneWithoutRegistration() {
        Browser browser = join("p1");
        feed.onResult(result("p1", 1, 5));
        browser.await(Type.RESULT, 1);

        feed.onNoRegistration(none(2, 4));
        feed.onNoRegistration(none(3, 6));

        browser.await(Type.WITHDRAWN, 1);
        assertThat(browser.received(Type.WITHDRAWN)).as("an older volume says nothing of a newer one").hasSize(1)
                .first()
                .satisfies(m -> assertThat(m.metadata().path("sentence").asText()).isEqualTo("reason 3"));
    }

    @Test
    void shouldTellALateJoinerThatThereIsNoRegistrationOfTheFirstVolume() {
        feed.onNoRegistration(none(1, 1));

        Browser late = join("p1");

        late.await(Type.WITHDRAWN, 1);
    }

    /** A slow registration may end after a newer volume was refused. */
    @Test
    void shouldShowNothingOlderThanTheVolumeWithoutRegistrationUnlessThatIsSentAgain() {
        Browser browser = join("p1");
        feed.onNoRegistration(none(1, 6));

        feed.onResult(result("p1", 2, 5));
        feed.onResult(result("p1", 3, 6));

        browser.await(Type.RESULT, 1);
        assertThat(browser.received(Type.RESULT)).hasSize(1).first()
                .satisfies(m -> assertThat(m.metadata().path("sequence").asLong()).isEqualTo(3));
    }

    @Test
    void shouldNotPutTheEnsemblesResultOfAnOlderVolumeInThePlaceOfTheStudentsOfANewer() {
        Browser browser = join("p1");
        feed.onResult(result("p1", 1, 5, Network.STUDENT));
        browser.await(Type.RESULT, 1);
        feed.onResult(result("p1", 2, 6, Network.STUDENT));
        browser.await(Type.RESULT, 2);

        PageResult late = result("p1", 3, 5, Network.ENSEMBLE);
        feed.onResult(late);
        feed.onResult(result("p1", 4, 6, Network.ENSEMBLE));

        browser.await(Type.RESULT, 3);
        assertThat(browser.received(Type.RESULT)).extracting(m -> m.metadata().path("sequence").asLong())
                .containsExactly(1L, 2L, 4L);
        assertThat(browser.received(Type.FIGURES)).hasSize(1).first().satisfies(m -> {
            assertThat(m.metadata().path("volumeId").asText()).isEqualTo(late.live().volumeId());
            assertThat(m.metadata().at("/structures/0/predictedDice").asDouble()).isEqualTo(0.87);
        });
    }

    /** Alerts and results come on different threads: one said of silence may come after the result that ended it. */
    @Test
    void shouldWithdrawAStaleResultAndNoneThatIsStillValid() {
        Browser browser = join("p1");
        feed.onResult(result("p1", 1, -9));
        browser.await(Type.RESULT, 1);

        feed.onAlert(alert(AlertCode.STALE, AlertPhase.CONTINUED, START.plusMillis(900)));
        feed.onAlert(alert(AlertCode.STALE, AlertPhase.CONTINUED, START.plusMillis(1100)));

        browser.await(Type.WITHDRAWN, 1);
        assertThat(browser.received(Type.WITHDRAWN)).hasSize(1).first()
                .satisfies(m -> assertThat(m.metadata().path("at").asLong())
                        .isEqualTo(START.plusMillis(1100).toEpochMilli()));
    }

    private static NoRegistration none(long sequence, int second) {
        return new NoRegistration("p1", sequence, Optional.empty(), START.plusSeconds(second), AlertCode.GAP, "gap",
                "reason " + sequence, START);
    }

    @Test
    void shouldNotShowAResultThatComesTooLate() {
        Browser browser = join("p1");

        feed.onResult(result("p1", 1, -11));

        browser.await(Type.WITHDRAWN, 1);
        assertThat(browser.received(Type.RESULT)).isEmpty();
    }

    @Test
    void shouldSaveASlowPageFromTheOldAndDelayNoOther() {
        Browser slow = join("p1");
        slow.isConfirming = false;
        Browser quick = join("p1");

        for (int n = 1; n <= 20; n++) {
            feed.onResult(result("p1", n, n));
            quick.await(Type.RESULT, n);
        }

        assertThat(slow.received(Type.RESULT)).as("without a sign of the page").hasSize(2);
        slow.client.onReceived();
        slow.await(Type.RESULT, 3);
        assertThat(slow.received(Type.RESULT).get(2).metadata().path("sequence").asLong()).isEqualTo(20);
        slow.await(Type.HEARTBEAT, slow.received(Type.HEARTBEAT).size() + 2);
    }

    @Test
    void shouldEndAConnectionThatTakesNothing() {
        try (PageFeed impatient = feed(3, Duration.ofMillis(100))) {
            Browser stuck = new Browser();
            stuck.isStuck = true;
            impatient.join("p1", stuck);

            await().atMost(LIMIT).until(() -> "too slow".equals(stuck.closed));
        }
    }

    @Test
    void shouldTurnAwayOnePageTooMany() {
        List<Browser> some = List.of(join("p1"), join("p1"), join("p2"));

        assertThat(feed.join("p1", new Browser())).isEmpty();

        assertThat(counts.refused).hasValue(1);
        feed.leave(some.get(0).client);
        assertThat(feed.join("p1", new Browser())).isPresent();
    }

    @Test
    void shouldTellOfTheEnd() {
        Browser browser = join("p1");
        feed.onResult(result("p1", 1, 0));
        browser.await(Type.RESULT, 1);

        feed.onEnd("p1");

        browser.await(Type.END, 1);
        Browser late = join("p1");
        late.await(Type.HEARTBEAT, 3);
        assertThat(late.received(Type.RESULT)).isEmpty();
    }

    @Test
    void shouldHoldNothingThatNamesThePatient() {
        Browser browser = join("p1");
        feed.onResult(result("p1", 1, 0));
        browser.await(Type.RESULT, 1);

        assertThat(browser.received(Type.RESULT).get(0).metadata().toString()).doesNotContain("1.2.3", "\"1.1\"",
                "\"1.3\"");
    }

    private Browser join(String procedureId) {
        Browser browser = new Browser();
        browser.client = feed.join(procedureId, browser).orElseThrow();
        return browser;
    }

    /** @param second of its acquisition after the start */
    private static PageResult result(String procedureId, long sequence, int second) {
        return result(procedureId, sequence, second, Network.ENSEMBLE);
    }

    private static PageResult result(String procedureId, long sequence, int second, Network source) {
        return new PagePhantom(GRID).result(procedureId, sequence, source, START.plusSeconds(second), BUDGET);
    }

    private static Alert alert(AlertCode code, AlertPhase phase) {
        return alert(code, phase, START);
    }

    private static Alert alert(AlertCode code, AlertPhase phase, Instant at) {
        return new Alert("p1", "a-" + code.ordinal(), 1, 1, code, code.priority(), phase,
                phase == AlertPhase.CLEARED ? AlertState.INACTIVE : AlertState.ACTIVE, Optional.empty(),
                Optional.empty(),
                Optional.empty(), Optional.empty(), START, at, code + " is " + phase + ".");
    }

    /** Takes what it is sent, and confirms results as a page does. */
    private static final class Browser implements PageWire {

        private final List<DecodedMessage> messages = new CopyOnWriteArrayList<>();
        private volatile PageClient client;
        private volatile boolean isConfirming = true;
        private volatile boolean isStuck;
        private volatile String closed;

        @Override
        public CompletionStage<Void> send(byte[] message) {
            if (isStuck) {
                return new CompletableFuture<>();
            }
            DecodedMessage decoded = DecodedMessage.of(message);
            messages.add(decoded);
            if (decoded.type() == Type.RESULT.code() && isConfirming) {
                client.onReceived();
            }
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void close(String reason) {
            closed = reason;
        }

        List<DecodedMessage> received(Type type) {
            return messages.stream().filter(m -> m.type() == type.code()).toList();
        }

        void await(Type type, int count) {
            org.awaitility.Awaitility.await().atMost(LIMIT).until(() -> received(type).size() >= count);
        }
    }

    private static final class Counts implements PageMetrics {

        private final AtomicInteger refused = new AtomicInteger();

        @Override
        public void countSent() {}

        @Override
        public void countDropped() {}

        @Override
        public void countRefused() {
            refused.incrementAndGet();
        }
    }
}
