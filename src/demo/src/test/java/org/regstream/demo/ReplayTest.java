package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.broker.EmbeddedBroker;
import picocli.CommandLine;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReplayTest {

    @Test
    void shouldSendTheFilesUnchangedInTheOrderOfTheirNames(@TempDir Path folder) throws Exception {
        // given
        LiveVolume series = new StillImage(TestPatients.ellipsoids().image(), Optional.empty()).volume(1,
                Instant.EPOCH);
        for (int k = 0; k < series.instances().size(); k++) {
            Files.write(folder.resolve(String.format("%03d", k)), series.instances().get(k));
        }
        StringWriter out = new StringWriter();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {

            // when
            int code = new CommandLine(new ReplayCommand()).setOut(new PrintWriter(out, true)).execute("--folder",
                    folder.toString(), "--bootstrap-servers", broker.bootstrapServers(), "--rate", "1000");

            // then
            assertThat(code).isZero();
            assertThat(out.toString()).contains("24 instances sent to dicom.frames");
            List<ConsumerRecord<String, byte[]>> records = receive(broker, 24);
            assertThat(records).extracting(ConsumerRecord::value).containsExactlyElementsOf(series.instances());
            assertThat(records).extracting(ConsumerRecord::key).containsOnly(series.seriesInstanceUid());
            assertThat(records).allSatisfy(record -> assertThat(
                    new String(record.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("application/dicom"));
        }
    }

    private static List<ConsumerRecord<String, byte[]>> receive(EmbeddedBroker broker, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "reader",
                "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("dicom.frames"));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (records.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
