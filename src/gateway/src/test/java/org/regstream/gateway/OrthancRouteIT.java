package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study sent to Orthanc, set up as in {@code deploy/orthanc}, comes out on the frames topic by way of the gateway. */
class OrthancRouteIT {

    private static final String TOPIC = "orthanc";
    private static final int SLICES = 24;

    @TempDir
    private Path folder;

    @Test
    void shouldBringEveryImageToTheTopicAndRepeatWhatFailedWhileTheBrokerWasAway() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        Tool orthanc = Tool.require("Orthanc");
        try (BrokerProcess broker = BrokerProcess.start(Files.createDirectory(folder.resolve("broker")))) {
            broker.createTopic(TOPIC, Map.of());
            try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), TOPIC,
                    TestSettings.listen(Set.of("ORTHANC"), TestSettings.LIMITS, Optional.empty())));
                    OrthancProcess pacs = OrthancProcess.start(orthanc, Files.createDirectory(folder.resolve("pacs")),
                            gateway.dicomPort())) {
                // when
                send(storescu, pacs, 0, SLICES);
                Await.until(() -> TopicContent.read(broker, TOPIC).size() >= SLICES);
                broker.kill();
                Await.until(() -> !gateway.isReady());
                send(storescu, pacs, SLICES, SLICES + 1);
                Await.until(() -> !pacs.jobs("Failure").isEmpty());
                broker.start();
                Await.until(gateway::isReady);
                pacs.resubmit(pacs.jobs("Failure").get(0));
                Await.until(() -> TopicContent.read(broker, TOPIC).size() > SLICES);
            }

            // then
            List<ConsumerRecord<String, byte[]>> records = TopicContent.read(broker, TOPIC);
            assertThat(TopicContent.instanceUids(records)).containsExactlyInAnyOrderElementsOf(
                    IntStream.rangeClosed(0, SLICES).mapToObj(SyntheticMr::instanceUid).toList());
            for (ConsumerRecord<String, byte[]> each : records) {
                int n = TopicContent.parse(each.value()).getInt(Tag.InstanceNumber, 0) - 1;
                assertThat(TopicContent.parse(each.value()).getBytes(Tag.PixelData)).isEqualTo(SyntheticMr.pixels(n));
            }
        }
    }

    private void send(Tool storescu, OrthancProcess pacs, int first, int end) throws Exception {
        Path study = Files.createDirectory(folder.resolve("study-" + first));
        for (int n = first; n < end; n++) {
            SyntheticMr.write(SyntheticMr.slice(n), study.resolve("slice-" + n));
        }
        Tool.Outcome sent = storescu.run("-aec", "ORTHANC", "+sd", TestSettings.HOST, pacs.dicomPort(), study);
        assertThat(sent.succeeded()).as(sent.output()).isTrue();
    }
}
