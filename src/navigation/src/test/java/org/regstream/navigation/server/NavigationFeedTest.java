package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;

class NavigationFeedTest {

    private final Scenes scenes = new Scenes(8, 12, 10);
    private final NavigationServer server = NavigationServer.start(Scenes.settings(), new CountingMetrics(),
            Scenes.CLOCK);
    private final NavigationFeed feed = feed(Optional.empty());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSendAResultWithTheTimeOfItsAcquisition() {
        // given
        feed.onResult(scenes.result("p1", 7));

        // when
        try (TestClient client = TestClient.to(server)) {
            List<TestClient.Received> all = receive(client, 9);

            // then: the status goes before the images
            assertThat(all.stream().map(r -> r.header().type() + " " + r.header().device())).containsExactly(
                    "STATUS Status_p1", "IMAGE Live_p1", "TRANSFORM PreopToLive_p1", "IMAGE Labels_p1",
                    "LBMETA LabelList_p1",
                    "POLYDATA Surface1_p1", "POLYDATA Surface2_p1", "IMAGE Uncertainty_p1", "IMAGE Deformation_p1");
            assertThat(all.subList(1, 9)).allMatch(r -> r.header().time().equals(Scenes.START.plusSeconds(7)));
            assertThat(all.get(3).body()).endsWith(scenes.registered().labels().labels());
            assertThat(all.get(0).body()[1]).as("OK").isEqualTo((byte) 1);
            assertThat(all.get(0).text(30)).startsWith("The labels shown are the student's, of 2026-11-21T08:00:07Z.");
        }
    }

    @Test
    void shouldMarkWhatWasNotComputedAndPointOneVoxelOn() {
        feed.onResult(scenes.result("p1", 1));
        try (TestClient client = TestClient.to(server)) {
            // when
            float[] uncertainty = floats(client.until("IMAGE", "Uncertainty_p1"));
            float[] deformation = floats(client.until("IMAGE", "Deformation_p1"));

            // then: the window of 8 x 8 x 8 lies inside 8 x 12 x 10
            int outside = 0;
            for (float u : uncertainty) {
                assertThat(u == -1 || u >= 0).isTrue();
                outside += u == -1 ? 1 : 0;
            }
            assertThat(outside).isEqualTo(8 * 12 * 10 - 512);
            // one voxel of 1 mm along i, to the patient's left: -1 in RAS
            assertThat(deformation).hasSize(3 * 512).startsWith(-1, -0f, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(value = AlertCode.class, names = {"STALE", "NO_VALID_REGISTRATION"})
    void shouldWithdrawAnOverlayThatIsNotValidAnyMore(AlertCode code) {
        // given
        feed.onResult(scenes.result("p1", 1));
        try (TestClient client = TestClient.to(server)) {
            client.until("IMAGE", "Deformation_p1");

            // when
            feed.onAlert(Scenes.alert("p1", code, AlertPhase.RAISED, AlertPriority.HIGH, 40));

            // then
            assertThat(client.until("STRING", "Alert_p1").text(4)).isEqualTo(code + " RAISED");
            TestClient.Received labels = client.until("IMAGE", "Labels_p1");
            assertThat(labels.header().time()).isEqualTo(Scenes.START.plusSeconds(40));
            assertThat(labels.body()).hasSize(72 + 960).endsWith(new byte[960]);
            assertThat(client.until("POLYDATA", "Surface1_p1").body()).containsOnly(0);
            assertThat(floats(client.until("IMAGE", "Uncertainty_p1"))).containsOnly(-1);
            client.ask("GET_IMAGE", "Deformation_p1");
            assertThat(client.until("IMAGE", "Deformation_p1").body()).as("there is none now").isEmpty();
            client.ask("GET_TRANS", "PreopToLive_p1");
            assertThat(client.until("TRANSFORM", "PreopToLive_p1").body()).as("there is none now").isEmpty();
        }
    }

    /** Whatever the reason: a gap, too many frames, the wrong patient space. */
    @Test
    void shouldWithdrawAnOverlayWhenThereIsNothingValidOfItsVolumeOrANewerOne() {
        // given
        feed.onResult(scenes.result("p1", 5));

        // when: of an older volume, then of a newer one
        feed.onNothingValid("p1", Scenes.START.plusSeconds(4), Scenes.START.plusSeconds(39));
        try (TestClient client = TestClient.to(server)) {
            assertThat(client.until("IMAGE", "Labels_p1").body()).endsWith(scenes.registered().labels().labels());
        }
        feed.onNothingValid("p1", Scenes.START.plusSeconds(6), Scenes.START.plusSeconds(40));

        // then: also not by what comes late of the volume before
        feed.onResult(scenes.result("p1", 5));
        try (TestClient client = TestClient.to(server)) {
            TestClient.Received labels = client.until("IMAGE", "Labels_p1");
            assertThat(labels.header().time()).isEqualTo(Scenes.START.plusSeconds(40));
            assertThat(labels.body()).endsWith(new byte[960]);
        }
    }

    @Test
    void shouldShowWhatComesAfterTheClockWasSetBack() {
        feed.onResult(scenes.result("p1", 50));

        feed.onClockSetBack("p1", Duration.ofSeconds(60));
        feed.onResult(scenes.result("p1", 1));

        try (TestClient client = TestClient.to(server)) {
            assertThat(client.until("IMAGE", "Labels_p1").header().time()).isEqualTo(Scenes.START.plusSeconds(1));
        }
    }

    @Test
    void shouldShowAnOverlayAgainWithTheNextResult() {
        feed.onResult(scenes.result("p1", 1));
        feed.onAlert(Scenes.alert("p1", AlertCode.STALE, AlertPhase.RAISED, AlertPriority.HIGH, 40));

        feed.onResult(scenes.result("p1", 50));

        try (TestClient client = TestClient.to(server)) {
            TestClient.Received labels = client.until("IMAGE", "Labels_p1");
            assertThat(labels.header().time()).isEqualTo(Scenes.START.plusSeconds(50));
            assertThat(labels.body()).endsWith(scenes.registered().labels().labels());
        }
    }

    @Test
    void shouldNotShowALateResultOfAnOlderOrWithdrawnVolume() {
        // given: a second result for volume 5, and a late one for volume 4
        feed.onResult(scenes.result("p1", 5));
        feed.onResult(scenes.result("p1", 4));
        try (TestClient client = TestClient.to(server)) {
            assertThat(client.until("IMAGE", "Labels_p1").header().time()).isEqualTo(Scenes.START.plusSeconds(5));
        }

        // when
        feed.onAlert(Scenes.alert("p1", AlertCode.STALE, AlertPhase.RAISED, AlertPriority.HIGH, 40));
        feed.onResult(scenes.result("p1", 5));

        // then
        try (TestClient client = TestClient.to(server)) {
            assertThat(client.until("IMAGE", "Labels_p1").body()).endsWith(new byte[960]);
        }
    }

    @Test
    void shouldNotShowAResultThatIsTooOldWhenItComes() {
        feed.onResult(scenes.result("p1", -3601));

        try (TestClient client = TestClient.to(server)) {
            TestClient.Received labels = client.until("IMAGE", "Labels_p1");
            assertThat(labels.body()).endsWith(new byte[960]);
            assertThat(labels.header().time()).isEqualTo(Scenes.START);
        }
    }

    @Test
    void shouldKeepTheOverlayThroughAlertsThatLeaveItValid() {
        feed.onResult(scenes.result("p1", 1));
        feed.onAlert(Scenes.alert("p1", AlertCode.LABEL_UNCERTAIN, AlertPhase.RAISED, AlertPriority.MEDIUM, 2));
        feed.onAlert(Scenes.alert("p1", AlertCode.PATIENT_MOVED, AlertPhase.RAISED, AlertPriority.INFORMATION, 3));

        try (TestClient client = TestClient.to(server)) {
            assertThat(client.until("IMAGE", "Labels_p1").body()).endsWith(scenes.registered().labels().labels());
        }
    }

    @Test
    void shouldTellNewcomersOfOpenAlertsOnly() {
        // given
        feed.onAlert(Scenes.alert("p1", AlertCode.GAP, AlertPhase.RAISED, AlertPriority.MEDIUM, 1));
        feed.onAlert(Scenes.alert("p1", AlertCode.FOLDING, AlertPhase.RAISED, AlertPriority.MEDIUM, 2));
        feed.onAlert(Scenes.alert("p1", AlertCode.GAP, AlertPhase.CLEARED, AlertPriority.MEDIUM, 3));

        // when
        try (TestClient client = TestClient.to(server)) {
            List<TestClient.Received> all = receive(client, 2);

            // then
            assertThat(all.stream().filter(r -> r.header().type().equals("STRING")).map(r -> r.text(4)))
                    .containsExactly("FOLDING RAISED");
        }
    }

    @Test
    void shouldSayTheMostUrgentConditionInTheStatus() {
        assertThat(statusAfter()).isEqualTo("13 NO_RESULT");
        feed.onResult(scenes.result("p1", 1));
        assertThat(statusAfter()).isEqualTo("1 OK");
        assertThat(statusAfter(alert(AlertCode.SUPERSEDED, AlertPhase.RAISED, AlertPriority.INFORMATION)))
                .isEqualTo("1 OK");
        assertThat(statusAfter(alert(AlertCode.LABEL_UNCERTAIN, AlertPhase.RAISED, AlertPriority.MEDIUM)))
                .isEqualTo("2 LABEL_UNCERTAIN");
        assertThat(statusAfter(alert(AlertCode.STALE, AlertPhase.RAISED, AlertPriority.HIGH))).isEqualTo("7 STALE");
        assertThat(statusAfter(alert(AlertCode.STALE, AlertPhase.CLEARED, AlertPriority.HIGH)))
                .isEqualTo("2 LABEL_UNCERTAIN");
        assertThat(statusAfter(alert(AlertCode.NO_VALID_REGISTRATION, AlertPhase.RAISED, AlertPriority.HIGH)))
                .isEqualTo("2 NO_VALID_REGISTRATI");
    }

    @Test
    void shouldBeatWhileNothingHappens() {
        feed.start();
        try (TestClient client = TestClient.to(server)) {
            assertThat(client.until("STATUS", "Status").text(10)).startsWith("NO_PROCEDURE");
            assertThat(client.until("STATUS", "Status").body()[1]).isEqualTo((byte) 13);

            feed.onResult(scenes.result("p1", 1));

            // the first status may overtake the result or not; then it beats
            client.until("IMAGE", "Deformation_p1");
            assertThat(client.until("STATUS", "Status_p1").body()[1]).isEqualTo((byte) 1);
            client.until("STATUS", "Status_p1");
            client.until("STATUS", "Status_p1");
        }
    }

    @Test
    void shouldTakeAnEndedProcedureOffTheShelf() {
        feed.onResult(scenes.result("p1", 1));
        try (TestClient client = TestClient.to(server)) {
            client.until("IMAGE", "Deformation_p1");

            feed.onEnd("p1");

            assertThat(client.until("IMAGE", "Labels_p1").body()).endsWith(new byte[960]);
            client.ask("GET_IMAGE", "Labels_p1");
            assertThat(client.until("IMAGE", "Labels_p1").body()).isEmpty();
        }
    }

    @Test
    void shouldNeverGiveTwoProceduresTheSameNames() {
        // given: an id that is what another's digest begins with
        String digest = DeviceNames.of("a-very-long-procedure-id").tag();
        feed.onResult(scenes.result("a-very-long-procedure-id", 3));

        // when
        try (ServerLog log = ServerLog.open(); TestClient client = TestClient.to(server)) {
            feed.onResult(scenes.result(digest, 9));

            // then
            assertThat(digest).hasSize(8);
            assertThat(client.until("IMAGE", "Deformation_" + digest).header().time())
                    .isEqualTo(Scenes.START.plusSeconds(3));
            assertThat(log.lines()).anyMatch(l -> l.contains(digest + " is not shown"));
            client.ask("GET_IMAGE", "Labels_" + digest);
            assertThat(client.until("IMAGE", "Labels_" + digest).header().time())
                    .isEqualTo(Scenes.START.plusSeconds(3));
        }
    }

    @Test
    void shouldShowTheOnlyProcedureItIsAskedTo() {
        NavigationFeed one = feed(Optional.of("p2"));
        one.onResult(scenes.result("p1", 1));
        one.onAlert(alert(AlertCode.STALE, AlertPhase.RAISED, AlertPriority.HIGH));
        one.onResult(scenes.result("p2", 2));

        try (TestClient client = TestClient.to(server)) {
            assertThat(receive(client, 9)).allMatch(r -> r.header().device().endsWith("_p2"));
        }
    }

    private NavigationFeed feed(Optional<String> only) {
        return new NavigationFeed(server, only, a -> a.code() + " " + a.phase(), Scenes.CLOCK);
    }

    private static Alert alert(AlertCode code, AlertPhase phase, AlertPriority priority) {
        return Scenes.alert("p1", code, phase, priority, 5);
    }

    /** Tells the alerts, if any, or else the end of one that never was, and asks how it is. */
    private String statusAfter(Alert... alerts) {
        List.of(alerts).forEach(feed::onAlert);
        if (alerts.length == 0) {
            feed.onAlert(alert(AlertCode.GAP, AlertPhase.CLEARED, AlertPriority.MEDIUM));
        }
        try (TestClient client = TestClient.to(server)) {
            TestClient.Received status = client.until("STATUS", "Status_p1");
            return status.body()[1] + " " + status.text(10).split("\0", 2)[0];
        }
    }

    private static List<TestClient.Received> receive(TestClient client, int count) {
        List<TestClient.Received> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(client.next());
        }
        return all;
    }

    private static float[] floats(TestClient.Received image) {
        java.nio.FloatBuffer values = java.nio.ByteBuffer.wrap(image.body(), 72, image.body().length - 72).slice()
                .order(java.nio.ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] all = new float[values.remaining()];
        values.get(all);
        return all;
    }
}
