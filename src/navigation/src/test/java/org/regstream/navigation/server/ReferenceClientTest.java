package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.volume.Volume;
import org.regstream.navigation.ReceivedLine;
import org.regstream.navigation.ReferenceClient;

/** The server as a client made of the reference C++ library finds it. */
class ReferenceClientTest {

    private final Scenes scenes = new Scenes(6, 8, 10);
    private final NavigationServer server = NavigationServer.start(Scenes.settings(), new CountingMetrics(),
            Scenes.CLOCK);
    private final NavigationFeed feed = new NavigationFeed(server, Optional.empty(),
            a -> "{\"code\":\"" + a.code() + "\"}", Scenes.CLOCK);

    @BeforeAll
    static void build() {
        ReferenceClient.assumeThere();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldReceiveAWholeResultAndItsAlert() {
        // given
        feed.onResult(scenes.result("p1", 5));
        feed.onAlert(Scenes.alert("p1", AlertCode.FOLDING, AlertPhase.RAISED, AlertPriority.MEDIUM, 6));

        // when
        Map<String, ReceivedLine> got = byDevice(ReferenceClient.talk(server.port(), "read:10"));

        // then
        assertThat(got.keySet()).containsExactlyInAnyOrder("Status_p1", "Alert_p1", "Live_p1", "PreopToLive_p1",
                "Labels_p1",
                "LabelList_p1", "Surface1_p1", "Surface2_p1", "Uncertainty_p1", "Deformation_p1");
        assertThat(got.get("Labels_p1").time()).isEqualTo(Scenes.START.getEpochSecond() + 5 + ".0");
        assertThat(got.get("Alert_p1").fields()).containsEntry("text", "{\"code\":\"FOLDING\"}");
        assertThat(got.get("Status_p1").fields()).containsEntry("code", "2").containsEntry("name", "FOLDING");
        assertThat(got.get("LabelList_p1").fields()).containsEntry("id", "Labels_p1").containsEntry("owner",
                "Live_p1");
        assertThat(got.get("Labels_p1").numbers("values"))
                .containsExactly(doubles(scenes.registered().labels().labels()));
        assertThat(got.get("Live_p1").fields()).containsEntry("scalar", "4");
        assertThat(got.get("Live_p1").numbers("values"))
                .containsExactly(doubles(scenes.result("p1", 5).live().volume()));
        assertThat(got.get("Deformation_p1").fields()).containsEntry("components", "3").containsEntry("scalar", "10");
        assertThat(got.get("Surface1_p1").numbers("points").length).isPositive();
    }

    @Test
    void shouldBeAnsweredWhenItAsks() {
        feed.onResult(scenes.result("p1", 5));

        List<String> lines = ReferenceClient.talk(server.port(), "until:IMAGE:Deformation_p1",
                "ask:GET_IMAGE:Labels_p1",
                "until:IMAGE:Labels_p1", "ask:GET_POLYDATA:Surface2_p1", "until:POLYDATA:Surface2_p1",
                "ask:GET_TRANS:", "until:TRANSFORM:PreopToLive_p1",
                "ask:GET_STATUS:Status_p1", "until:STATUS:Status_p1", "ask:GET_LBMETA:", "until:LBMETA:LabelList_p1",
                "ask:GET_CAPABIL:", "until:CAPABILITY:");

        assertThat(lines.subList(lines.size() - 6, lines.size()).stream().map(l -> l.split(" ")[0]))
                .containsExactly("IMAGE", "POLYDATA", "TRANSFORM", "STATUS", "LBMETA", "CAPABILITY");
        assertThat(lines.get(lines.size() - 1)).contains("GET_IMAGE", "STT_POLYDATA", "STP_STRING", "GET_TRANS");
    }

    @Test
    void shouldStopAndStartAStream() {
        feed.onResult(scenes.result("p1", 5));

        List<String> lines = ReferenceClient.talk(server.port(), "until:IMAGE:Deformation_p1", "ask:STP_IMAGE:Live_p1",
                "until:RTS_IMAGE:Live_p1", "ask:STT_IMAGE:Live_p1", "until:RTS_IMAGE:Live_p1",
                "ask:STT_TRANS:PreopToLive_p1",
                "until:RTS_TRANS:PreopToLive_p1", "ask:STT_TDATA:", "until:RTS_TDATA:");

        assertThat(lines.subList(lines.size() - 4, lines.size()))
                .allMatch(l -> l.contains("bytes=1"))
                .extracting(l -> l.substring(l.indexOf("first=")))
                .containsExactly("first=0", "first=0", "first=0", "first=1");
    }

    @Test
    void shouldNotWaitAtAnEmptyBody() {
        List<String> lines = ReferenceClient.talk(server.port(), "ask:GET_IMAGE:nothing", "read:2");

        assertThat(lines.get(0)).startsWith("IMAGE nothing ").endsWith(" empty");
        assertThat(lines.get(1)).startsWith("STATUS nothing ").contains("code=13");
    }

    private static Map<String, ReceivedLine> byDevice(List<String> lines) {
        return lines.stream().map(ReceivedLine::of)
                .collect(Collectors.toMap(ReceivedLine::device, Function.identity()));
    }

    private static double[] doubles(byte[] labels) {
        double[] all = new double[labels.length];
        Arrays.setAll(all, i -> labels[i] & 0xff);
        return all;
    }

    private static double[] doubles(Volume volume) {
        double[] all = new double[volume.values().length];
        Arrays.setAll(all, i -> volume.values()[i]);
        return all;
    }
}
