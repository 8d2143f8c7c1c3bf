package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.navigation.HeaderVersion;
import org.regstream.navigation.Image;
import org.regstream.navigation.Message;
import org.regstream.navigation.MessageHeader;
import org.regstream.navigation.Nothing;
import org.regstream.navigation.Pixels;
import org.regstream.navigation.Text;

class NavigationServerTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");

    private final CountingMetrics metrics = new CountingMetrics();
    private NavigationServer server = server(Scenes.settings());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSendWhatThereIsAndWhatComesToEveryClient() {
        // given
        server.publish(text("a", "before"));
        try (TestClient first = TestClient.to(server); TestClient second = TestClient.to(server)) {
            assertThat(first.next().text(4)).isEqualTo("before");
            assertThat(second.next().text(4)).isEqualTo("before");

            // when
            server.publish(text("a", "after"));

            // then
            assertThat(first.next().text(4)).isEqualTo("after");
            TestClient.Received last = second.next();
            assertThat(last.text(4)).isEqualTo("after");
            assertThat(last.header().time()).isEqualTo(TIME);
            assertThat(last.header().version()).isEqualTo(HeaderVersion.PROTOCOL_2);
            await().untilAsserted(() -> assertThat(metrics.sent).hasValue(4));
        }
        await().untilAsserted(() -> assertThat(server.clients()).isZero());
        assertThat(metrics.closed).containsExactly(CloseReason.LEFT, CloseReason.LEFT);
    }

    @Test
    void shouldSendAnAlertBetweenTwoMessagesOfAResult() {
        // given: an alert that comes while the first message of a result is being made
        Outgoing first = new Outgoing("STRING", "first", TIME, () -> {
            server.publish(text("alert", "now"));
            return new Text("1");
        }, Map.of());
        try (TestClient client = TestClient.to(server)) {
            await().until(() -> server.clients() == 1);

            // when
            server.publish(new Parcel("r", Parcel.Lane.BULK,
                    List.of(first, Outgoing.of("second", TIME, new Text("2")))));

            // then
            assertThat(List.of(client.next().text(4), client.next().text(4), client.next().text(4)))
                    .containsExactly("1", "now", "2");
        }
    }

    @Test
    void shouldNotSendTheRestOfAResultThatIsTakenBack() {
        // given: a result that is taken back while its first message is being made
        Outgoing first = new Outgoing("STRING", "first", TIME, () -> {
            server.publish(Parcel.urgent("r", Outgoing.of("first", TIME, new Text("taken back"))));
            return new Text("1");
        }, Map.of());
        try (TestClient client = TestClient.to(server)) {
            await().until(() -> server.clients() == 1);

            // when
            server.publish(new Parcel("r", Parcel.Lane.BULK,
                    List.of(first, Outgoing.of("second", TIME, new Text("2")))));

            // then
            assertThat(client.next().text(4)).isEqualTo("1");
            assertThat(client.next().text(4)).isEqualTo("taken back");
            server.publish(text("a", "something else"));
            assertThat(client.next().text(4)).isEqualTo("something else");
        }
    }

    @Test
    void shouldAnswerGetWithTheNewestOrWithNothingAndAReason() {
        server.publish(text("a", "one"));
        try (TestClient client = TestClient.to(server)) {
            client.next();

            client.ask("GET_STRING", "a");
            assertThat(client.next().text(4)).isEqualTo("one");
            client.ask("GET_STRING", "");
            assertThat(client.next().header().device()).as("any available").isEqualTo("a");

            client.ask("GET_STRING", "b");
            TestClient.Received empty = client.next();
            assertThat(empty.is("STRING", "b")).isTrue();
            assertThat(empty.body()).isEmpty();
            TestClient.Received why = client.next();
            assertThat(why.is("STATUS", "b")).isTrue();
            assertThat(why.body()[1]).as("not ready").isEqualTo((byte) 13);

            client.ask("GET_TDATA", "");
            assertThat(client.next().is("TDATA", "")).isTrue();
            assertThat(client.next().body()[1]).as("unknown instruction").isEqualTo((byte) 12);
        }
    }

    @Test
    void shouldStopAndStartAStream() {
        server.publish(text("a", "one"));
        try (TestClient client = TestClient.to(server)) {
            client.next();

            client.ask("STP_STRING", "a");
            assertConfirmed(client.next(), "RTS_STRING", "a", true);
            server.publish(text("a", "two"));
            server.publish(text("b", "other"));
            assertThat(client.next().text(4)).as("only b").isEqualTo("other");

            client.ask("STT_STRING", "");
            assertConfirmed(client.next(), "RTS_STRING", "", true);
            server.publish(text("a", "three"));
            assertThat(client.next().text(4)).isEqualTo("three");

            client.ask("STT_TDATA", "");
            assertConfirmed(client.next(), "RTS_TDATA", "", false);
            client.ask("STP_STRING", "nobody");
            assertConfirmed(client.next(), "RTS_STRING", "nobody", false);
        }
    }

    @Test
    void shouldAnswerWhatWasAskedEvenWhenTheStreamIsStopped() {
        server.publish(text("a", "one"));
        try (TestClient client = TestClient.to(server)) {
            client.next();
            client.ask("STP_STRING", "");
            client.next();

            client.ask("GET_STRING", "a");

            assertThat(client.next().text(4)).isEqualTo("one");
        }
    }

    @Test
    void shouldListWhatItKnows() {
        try (TestClient client = TestClient.to(server)) {
            client.ask("GET_CAPABIL", "");

            TestClient.Received answer = client.next();

            assertThat(answer.header().type()).isEqualTo("CAPABILITY");
            assertThat(answer.body().length % 12).isZero();
            assertThat(answer.text(0)).startsWith("IMAGE").contains("POLYDATA", "LBMETA", "STRING", "STATUS",
                    "GET_IMAGE", "STT_IMAGE", "STP_POLYDATA", "GET_CAPABIL");
        }
    }

    @Test
    void shouldSpeakProtocol3ToThoseWhoSpokeIt() {
        // given
        server.publish(new Parcel("a", Parcel.Lane.URGENT,
                List.of(new Outgoing("STRING", "a", TIME, () -> new Text("one"), Map.of("key", "val")))));
        try (TestClient client = TestClient.to(server)) {
            assertThat(client.next().header().version()).isEqualTo(HeaderVersion.PROTOCOL_2);

            // when
            client.say(new Message("a", TIME, new Nothing("GET_STRING"), Map.of("who", "me"), 77)
                    .encode(HeaderVersion.PROTOCOL_3));

            // then: the answer has the question's id, and metadata behind its content
            TestClient.Received answer = client.next();
            assertThat(answer.header().version()).isEqualTo(HeaderVersion.PROTOCOL_3);
            assertThat(ByteBuffer.wrap(answer.body()).getInt(8)).isEqualTo(77);
            assertThat(answer.text(0)).endsWith("keyval");
        }
    }

    @Test
    void shouldPassOverDataItDoesNotWant() {
        LabelMap labels = LabelMap.takeOwnershipOf(TestGrids.isotropic(32, 32, 32), new byte[1 << 15]);
        byte[] pushed = Message.of("x", TIME, Image.of(labels.grid(), Pixels.of(labels)))
                .encode(HeaderVersion.PROTOCOL_3);
        try (TestClient client = TestClient.to(server)) {
            client.say(pushed);
            client.ask("GET_CAPABIL", "");

            assertThat(client.next().header().type()).isEqualTo("CAPABILITY");
        }
    }

    @Test
    void shouldCloseOnGarbageAloudAndServeTheOthersOn() {
        byte[] wrongCrc = Message.of("x", TIME, new Text("hello")).encode(HeaderVersion.PROTOCOL_2);
        wrongCrc[60]++;
        byte[] random = new byte[200];
        new Random(3).nextBytes(random);
        try (ServerLog log = ServerLog.open(); TestClient good = TestClient.to(server)) {
            good.ask("GET_CAPABIL", "");
            good.next();

            assertRefused(random, log, "header version is");
            assertRefused(wrongCrc, log, "checksum of a STRING of 9 bytes is wrong");
            assertRefused(header("IMAGE", 1L << 60), log, "a body of 1152921504606846976 bytes");
            assertRefused(header("IMAGE", (1 << 20) + 1), log, "at most 1048576");
            byte[] badExtension = Message.of("x", TIME, new Text("hello")).encode(HeaderVersion.PROTOCOL_3);
            badExtension[61] = (byte) 0xff;
            assertRefused(badExtension, log, "do not fit");

            server.publish(text("a", "still here"));
            assertThat(good.next().text(4)).isEqualTo("still here");
        }
    }

    private void assertRefused(byte[] bytes, ServerLog log, String words) {
        int before = metrics.closed.size();
        try (TestClient client = TestClient.to(server)) {
            client.say(bytes);
            assertThat(client.isClosedByServer()).as(words).isTrue();
        }
        await().untilAsserted(() -> assertThat(metrics.closed).hasSize(before + 1));
        assertThat(metrics.closed.get(before)).isEqualTo(CloseReason.INVALID);
        await().untilAsserted(() -> assertThat(log.lines()).anyMatch(line -> line.contains(words)));
    }

    @Test
    void shouldCloseOnAMessageThatEndsInTheMiddleOrNever() {
        restart(Scenes.settings(8, Duration.ofMillis(200), Duration.ofSeconds(10)));
        try (ServerLog log = ServerLog.open()) {
            try (TestClient half = TestClient.to(server)) {
                half.say(header("STRING", 100));
                assertThat(half.isClosedByServer()).isTrue();
            }
            try (TestClient leaver = TestClient.to(server)) {
                leaver.say(new byte[]{0, 1, 'I'});
            }
            await().untilAsserted(() -> assertThat(metrics.closed).containsExactly(CloseReason.INVALID,
                    CloseReason.INVALID));
            assertThat(log.lines()).anyMatch(l -> l.contains("not whole after 200 ms"))
                    .anyMatch(l -> l.contains("ended inside a message"));
        }
    }

    @Test
    void shouldTellOneTooManyThatItIsFull() {
        restart(Scenes.settings(1, Duration.ofSeconds(5), Duration.ofSeconds(10)));
        try (TestClient first = TestClient.to(server)) {
            first.ask("GET_CAPABIL", "");
            first.next();
            try (TestClient second = TestClient.to(server)) {
                TestClient.Received full = second.next();

                assertThat(full.header().type()).isEqualTo("STATUS");
                assertThat(full.body()[1]).as("resources").isEqualTo((byte) 11);
                assertThat(second.isClosedByServer()).isTrue();
                assertThat(metrics.refused).hasValue(1);
            }
        }
    }

    @Test
    void shouldLeaveOutAMessageThatIsTooLargeAndSayHowToAllowIt() {
        NavigationSettings small = new NavigationSettings("127.0.0.1", 0, 4, 100, 1 << 20, Duration.ofSeconds(5),
                Duration.ofSeconds(5), Duration.ofMillis(100), Optional.empty());
        restart(small);
        LabelMap large = LabelMap.takeOwnershipOf(TestGrids.isotropic(2, 1024, 1024), new byte[1 << 21]);
        try (ServerLog log = ServerLog.open(); TestClient client = TestClient.to(server)) {
            server.publish(new Parcel("r", Parcel.Lane.BULK,
                    List.of(new Outgoing("IMAGE", "big", TIME, () -> Image.of(large.grid(), Pixels.of(large)),
                            Map.of()),
                            Outgoing.of("next", TIME, new Text("small")))));

            assertThat(client.next().header().device()).isEqualTo("next");
            assertThat(log.lines()).anyMatch(l -> l.contains("IMAGE big is not sent: it takes 2097224 bytes")
                    && l.contains("max-message-bytes"));
        }
    }

    @Test
    void shouldCloseAClientThatReadsNothing() {
        restart(Scenes.settings(4, Duration.ofSeconds(5), Duration.ofMillis(500)));
        LabelMap large = LabelMap.takeOwnershipOf(TestGrids.isotropic(32, 1024, 1024), new byte[1 << 25]);
        try (ServerLog log = ServerLog.open(); TestClient mute = TestClient.to(server)) {
            await().untilAsserted(() -> assertThat(server.clients()).isEqualTo(1));
            server.publish(new Parcel("r", Parcel.Lane.BULK,
                    List.of(new Outgoing("IMAGE", "big", TIME, () -> Image.of(large.grid(), Pixels.of(large)),
                            Map.of()))));

            await().atMost(Duration.ofSeconds(20)).until(() -> server.clients() == 0);
            assertThat(metrics.closed).containsExactly(CloseReason.SLOW);
            assertThat(log.lines()).anyMatch(l -> l.contains("took nothing for 500 ms"));
            assertThat(mute.isClosedByServer()).isTrue();
        }
    }

    /** Else clients would take the server for dead, and nobody would know why. */
    @Test
    void shouldBeatOnAfterAnError() {
        AtomicInteger beats = new AtomicInteger();
        server.onHeartbeat(() -> {
            if (beats.incrementAndGet() == 1) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> beats.addAndGet(1000));
                throw new NoClassDefFoundError("made up");
            }
        });

        await().atMost(Duration.ofSeconds(10)).until(() -> beats.get() > 1002);
    }

    @Test
    void shouldSayGoodbyeWhenItStops() {
        try (TestClient client = TestClient.to(server)) {
            client.ask("GET_CAPABIL", "");
            client.next();

            server.close();

            TestClient.Received bye = client.next();
            assertThat(bye.header().type()).isEqualTo("STATUS");
            assertThat(bye.body()[1]).as("shut down").isEqualTo((byte) 19);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThatThrownBy(() -> TestClient.to(server)).hasMessageContaining("refused");
    }

    @Test
    void shouldRefuseToStartWhereItCannotListen() {
        NavigationSettings taken = new NavigationSettings("127.0.0.1", server.port(), 4, 100, 1 << 20,
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), Optional.empty());

        assertThatThrownBy(() -> server(taken)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("port " + server.port()).hasMessageContaining("regstream.navigation.host");
        assertThatThrownBy(() -> Scenes.settings(0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("max-clients must be 1 to 256, got 0");
        assertThatThrownBy(() -> Scenes.settings(1, Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("read-timeout must be at least 1 ms");
    }

    private static void assertConfirmed(TestClient.Received answer, String type, String device, boolean isDone) {
        assertThat(answer.is(type, device)).as("%s", answer.header()).isTrue();
        assertThat(answer.body()).containsExactly(isDone ? 0 : 1);
    }

    private void restart(NavigationSettings settings) {
        server.close();
        server = server(settings);
    }

    private NavigationServer server(NavigationSettings settings) {
        return NavigationServer.start(settings, metrics, Scenes.CLOCK);
    }

    private static Parcel text(String device, String text) {
        return Parcel.urgent(device, Outgoing.of(device, TIME, new Text(text)));
    }

    private static byte[] header(String type, long bodySize) {
        ByteBuffer bytes = ByteBuffer.allocate(MessageHeader.SIZE);
        new MessageHeader(HeaderVersion.PROTOCOL_2, type, "x", TIME, bodySize, 0).encode(bytes);
        return bytes.array();
    }
}
