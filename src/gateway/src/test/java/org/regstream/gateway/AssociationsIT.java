package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.data.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.gateway.dimse.AssociationLimits;
import org.regstream.gateway.dimse.ListenSettings;
import org.regstream.gateway.operate.Logs;

/** Who is heard, for how long, and with how much. */
@ExtendWith(SharedBroker.class)
class AssociationsIT {

    @TempDir
    private Path folder;

    private BrokerProcess broker;
    private String topic;

    @BeforeEach
    void createTopic(BrokerProcess shared, TestInfo test) throws Exception {
        broker = shared;
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopic(topic, Map.of());
    }

    @Test
    void shouldAnswerEcho() throws Exception {
        Tool echoscu = Tool.require("echoscu");
        try (Gateway gateway = start()) {
            assertThat(echoscu.run("-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort()).succeeded())
                    .isTrue();
        }
    }

    @Test
    void shouldTakeWhatDcmsendSends() throws Exception {
        // given
        Tool dcmsend = Tool.require("dcmsend");
        Path source = SyntheticMr.write(SyntheticMr.slice(0), folder.resolve("native"));
        Tool.require("dcmcrle").run(source, folder.resolve("rle"), "+un");

        // when
        Tool.Outcome sent;
        try (Gateway gateway = start()) {
            sent = dcmsend.run("-v", "-aec", TestSettings.AE, "-dn", TestSettings.HOST, gateway.dicomPort(), "+sd",
                    folder);
        }

        // then
        assertThat(sent.succeeded()).as(sent.output()).isTrue();
        assertThat(TopicContent.read(broker, topic)).hasSize(2)
                .allSatisfy(r -> assertThat(TopicContent.parse(r.value()).getBytes(Tag.PixelData))
                        .isEqualTo(SyntheticMr.pixels(0)));
    }

    @Test
    void shouldRejectAnotherCalledAeAndAnUnknownCallingAe() throws Exception {
        // given
        Tool echoscu = Tool.require("echoscu");
        ListenSettings listen = TestSettings.listen(Set.of("MR1"), TestSettings.LIMITS, Optional.empty());

        // when
        try (Gateway gateway = start(listen)) {
            Tool.Outcome wrongCalled = echo(echoscu, gateway, "MR1", "OTHER");
            Tool.Outcome wrongCalling = echo(echoscu, gateway, "MR2", TestSettings.AE);
            Tool.Outcome right = echo(echoscu, gateway, "MR1", TestSettings.AE);

            // then
            assertThat(wrongCalled.output()).contains("Called AE Title Not Recognized");
            assertThat(wrongCalling.output()).contains("Calling AE Title Not Recognized");
            assertThat(right.succeeded()).isTrue();
            assertThat(get(gateway, "/metrics")).contains("associations_total{outcome=\"rejected\"} 2\n",
                    "associations_total{outcome=\"accepted\"} 1\n");
        }
    }

    @Test
    void shouldRefuseAnOversizedObjectAndTakeTheNext() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        Attributes large = SyntheticMr.header(0);
        large.setInt(Tag.Rows, VR.US, 1024);
        large.setInt(Tag.Columns, VR.US, 1024);
        large.setBytes(Tag.PixelData, VR.OW, new byte[2 * TestSettings.OBJECT_BYTES]);
        Path first = SyntheticMr.write(large, folder.resolve("a-large"));
        Path second = SyntheticMr.write(SyntheticMr.slice(1), folder.resolve("b-small"));

        // when
        Tool.Outcome sent;
        String metrics;
        try (Gateway gateway = start()) {
            sent = storescu.run("-v", "-nh", "-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort(), first,
                    second);
            metrics = get(gateway, "/metrics");
        }

        // then
        assertThat(sent.output()).contains("I: Received Store Response (Error: CannotUnderstand)",
                "I: Received Store Response (Success)");
        assertThat(metrics).contains("refused_total{reason=\"too-large\"} 1\n", "store_seconds_count 1\n");
        assertThat(TopicContent.instanceUids(TopicContent.read(broker, topic)))
                .containsExactly(SyntheticMr.instanceUid(1));
    }

    @Test
    void shouldKeepWhatCameBeforeAnAbort() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        Path slice = SyntheticMr.write(SyntheticMr.slice(0), folder.resolve("slice"));

        // when
        try (Gateway gateway = start()) {
            storescu.run("--abort", "-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort(), slice);
            Await.until(() -> get(gateway, "/metrics").contains("associations_open 0\n"));
        }

        // then
        assertThat(TopicContent.instanceUids(TopicContent.read(broker, topic)))
                .containsExactly(SyntheticMr.instanceUid(0));
    }

    @Test
    void shouldStoreNothingOfASenderThatDiesInsideAnObject() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        Attributes slice = SyntheticMr.header(0);
        slice.setInt(Tag.Rows, VR.US, 512);
        slice.setInt(Tag.Columns, VR.US, 1000);
        slice.setBytes(Tag.PixelData, VR.OW, new byte[2 * 512 * 1000]);
        Path file = SyntheticMr.write(slice, folder.resolve("slice"));

        // when
        try (Gateway gateway = start(); CuttingProxy proxy = CuttingProxy.to(gateway.dicomPort(), 200_000)) {
            Tool.Outcome sent = storescu.run("-aec", TestSettings.AE, TestSettings.HOST, proxy.port(), file);
            assertThat(sent.succeeded()).isFalse();
            Await.until(() -> get(gateway, "/metrics").contains("associations_open 0\n"));
        }

        // then
        assertThat(TopicContent.read(broker, topic)).isEmpty();
    }

    @Test
    void shouldCloseASilentConnection() throws Exception {
        // given
        AssociationLimits hasty = new AssociationLimits(12, Duration.ofSeconds(1), 65536, TestSettings.OBJECT_BYTES);

        // when
        try (Gateway gateway = start(TestSettings.listen(Set.of(), hasty, Optional.empty()));
                Socket silent = new Socket(TestSettings.HOST, gateway.dicomPort())) {
            silent.setSoTimeout(20_000);
            silent.getOutputStream().write(new byte[]{1, 0, 0, 0});

            // then
            assertThat(silent.getInputStream().readAllBytes()).hasSizeLessThan(16);
        }
    }

    @Test
    void shouldRejectAssociationsBeyondTheLimit() throws Exception {
        // given
        Tool echoscu = Tool.require("echoscu");
        AssociationLimits one = new AssociationLimits(1, Duration.ofSeconds(30), 65536, TestSettings.OBJECT_BYTES);

        // when: the first association lasts until it is ended here
        try (Gateway gateway = start(TestSettings.listen(Set.of(), one, Optional.empty()))) {
            Tool.Running first = echoscu.start("--repeat", 1_000_000_000, "-aec", TestSettings.AE, TestSettings.HOST,
                    gateway.dicomPort());
            Await.until(() -> get(gateway, "/metrics").contains("associations_open 1\n"));
            Tool.Outcome second = echo(echoscu, gateway, "MR1", TestSettings.AE);

            // then
            assertThat(second.output()).contains("Local Limit Exceeded");
            assertThat(first.process().isAlive()).isTrue();
            first.process().destroy();
            first.end();
        }
    }

    @Test
    void shouldLetAnOpenAssociationEndBeforeItStops() throws Exception {
        // given
        Tool.require("storescu");
        Path many = writeMany(200);
        Gateway gateway = start();
        Tool.Running sending = send(gateway, many);
        Await.until(() -> get(gateway, "/metrics").contains("associations_open 1\n"));

        // when
        CompletableFuture<Void> closing = CompletableFuture.runAsync(gateway::close);
        Tool.Outcome sent = sending.end();
        closing.get(30, TimeUnit.SECONDS);

        // then
        assertThat(sent.succeeded()).as(sent.output()).isTrue();
        assertThat(TopicContent.instanceUids(TopicContent.read(broker, topic))).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseASyntaxThatCannotBeDecodedBeforeItIsSent() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        Attributes video = SyntheticMr.header(0);
        video.newFragments(Tag.PixelData, VR.OB, 1).add(Value.NULL);
        Path slice = SyntheticMr.write(video, UID.MPEG2MPML, folder.resolve("slice"));

        // when
        try (Gateway gateway = start()) {
            Tool.Outcome sent = storescu.run("-R", "-xm", "-aec", TestSettings.AE, TestSettings.HOST,
                    gateway.dicomPort(), slice);

            // then
            assertThat(sent.succeeded()).isFalse();
            assertThat(sent.output()).contains("No Acceptable Presentation Contexts");
        }
    }

    @Test
    void shouldTellHealthAndCount() throws Exception {
        try (Gateway gateway = start()) {
            assertThat(get(gateway, "/health/live")).isEqualTo("{\"status\":\"UP\"}\n");
            assertThat(get(gateway, "/health/ready")).isEqualTo("{\"status\":\"UP\"}\n");
            assertThat(get(gateway, "/metrics")).contains("regstream_gateway_broker_reachable 1\n")
                    .doesNotContain(SyntheticMr.PATIENT);
        }
    }

    @Test
    void shouldNeverLogThePatient() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        Attributes broken = SyntheticMr.slice(1);
        broken.remove(Tag.SeriesInstanceUID);
        Path good = SyntheticMr.write(SyntheticMr.slice(0), folder.resolve("good"));
        Path bad = SyntheticMr.write(broken, folder.resolve("bad"));
        Logs.install(true);
        LogCapture log = LogCapture.start();

        // when
        try (log; Gateway gateway = start()) {
            storescu.run("-nh", "-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort(), good, bad);
        }

        // then
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("reason=mismatch"))
                .anySatisfy(line -> assertThat(line).contains("AuditMessage"))
                .noneSatisfy(line -> assertThat(line).contains("SECRET"));
    }

    private Gateway start() {
        return Gateway.start(TestSettings.of(broker.bootstrapServers(), topic));
    }

    private Gateway start(ListenSettings listen) {
        return Gateway.start(TestSettings.of(broker.bootstrapServers(), topic, listen));
    }

    private Path writeMany(int count) throws Exception {
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int n = 0; n < count; n++) {
            SyntheticMr.write(SyntheticMr.slice(n), many.resolve("slice-" + n));
        }
        return many;
    }

    private static Tool.Running send(Gateway gateway, Path files) throws Exception {
        return new Tool("storescu").start("-aec", TestSettings.AE, "+sd", TestSettings.HOST, gateway.dicomPort(),
                files);
    }

    private static Tool.Outcome echo(Tool echoscu, Gateway gateway, String calling, String called) throws Exception {
        return echoscu.run("-v", "-aet", calling, "-aec", called, TestSettings.HOST, gateway.dicomPort());
    }

    static String get(Gateway gateway, String path) throws Exception {
        InetSocketAddress at = gateway.statusAddress();
        URI uri = URI.create("http://" + TestSettings.HOST + ":" + at.getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                        BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }
}
