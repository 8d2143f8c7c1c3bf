package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.core.assembly.Frame;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
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
                    folder.toString(), "--bootstrap", broker.bootstrapServers(), "--rate", "1000");

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

    /** Another series and other instances, each time; pixels, places and everything else as they were; acquired now. */
    @Test
    void shouldSendAsIfScannedNow(@TempDir Path folder) throws Exception {
        LiveVolume series = write(folder);
        FrameReader reader = FrameReader.withDefaults();
        Instant before = Instant.now();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            for (int pass = 0; pass < 2; pass++) {
                assertThat(replay(new StringWriter(), "--folder", folder.toString(), "--bootstrap",
                        broker.bootstrapServers(), "--fresh-uids")).isZero();
            }

            List<ConsumerRecord<String, byte[]>> records = receive(broker, 48);
            assertThat(records.stream().map(ConsumerRecord::key).distinct()).hasSize(2)
                    .doesNotContain(series.seriesInstanceUid());
            assertThat(records.stream().map(r -> reader.readObject(r.value()).string(Tag.SOP_INSTANCE_UID)).distinct())
                    .hasSize(48).doesNotContainAnyElementsOf(series.instanceUids());
            for (int n = 0; n < 48; n++) {
                Frame sent = reader.read(records.get(n).value(), Instant.EPOCH).get(0);
                Frame original = reader.read(series.instances().get(n % 24), Instant.EPOCH).get(0);
                assertThat(sent.acquiredAt()).isBetween(before.minusMillis(1), Instant.now());
                assertThat(sent.slices().get(0).grid()).isEqualTo(original.slices().get(0).grid());
                assertThat(sent.slices().get(0).values()).isEqualTo(original.slices().get(0).values());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"--loop; --loop needs a --rate",
            "--loop --rate 5 --wait; no end to --wait for",
            "--wait 0; --wait must lie in 1 to 3600", "--rate -1; --rate must lie in 0"})
    void shouldRefuseOptionsThatMakeNoSense(String options, String reason, @TempDir Path folder) {
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("--folder", folder.toString()));
        arguments.addAll(List.of(options.split(" ")));

        int code = new CommandLine(new ReplayCommand()).setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
    }

    @Test
    void shouldSayThatNoServiceHasRunYet(@TempDir Path folder) throws Exception {
        write(folder);
        StringWriter err = new StringWriter();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            int code = new CommandLine(new ReplayCommand()).setErr(new PrintWriter(err, true)).execute("--folder",
                    folder.toString(), "--bootstrap", broker.bootstrapServers(), "--wait");

            assertThat(code).isOne();
            assertThat(err.toString()).contains("display.labels").contains("./regstream serve");
        }
    }

    /** The service's part is played here: labels of the first volume, a dead letter, nothing for what came before, nothing at all. */
    @Test
    void shouldSayWhatBecameOfEveryInstance(@TempDir Path folder) throws Exception {
        LiveVolume series = write(folder);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                PlayedService service = new PlayedService(broker.bootstrapServers())) {
            service.next(records -> service.publish("v1", List.copyOf(series.instanceUids())));
            assertThat(waited(broker, folder, 0)).contains("24 registered: labels of volume v1");
            service.next(records -> {
            });
            assertThat(waited(broker, folder, 0)).contains("24 repeats");
            service.next(records -> records.subList(0, 2).forEach(r -> service.setAside(r, "no procedure takes it")));
            assertThat(waited(broker, folder, 1)).contains("2 set aside", "no procedure takes it", "22 repeats");
            service.next(records -> service.refuse("GAP", "1 slice is missing."));
            assertThat(waited(broker, folder, 1)).contains("24 done with, without labels", "GAP: 1 slice is missing.")
                    .doesNotContain("repeats");
            service.next(records -> service.publishByReference("v9"));
            assertThat(waited(broker, folder, 1)).contains("labels of volume v9 went out by reference")
                    .doesNotContain("repeats");
        }
    }

    @Test
    void shouldSayWhatStillWaits(@TempDir Path folder) throws Exception {
        write(folder);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                PlayedService idle = new PlayedService(broker.bootstrapServers())) {
            assertThat(idle).isNotNull();
            assertThat(waited(broker, folder, 1)).contains("24 still wait");
        }
    }

    private static String waited(EmbeddedBroker broker, Path folder, int code) {
        StringWriter out = new StringWriter();
        assertThat(replay(out, "--folder", folder.toString(), "--bootstrap", broker.bootstrapServers(),
                "--wait", "10")).as(out.toString()).isEqualTo(code);
        return out.toString();
    }

    private static int replay(StringWriter out, String... arguments) {
        return new CommandLine(new ReplayCommand()).setOut(new PrintWriter(out, true)).execute(arguments);
    }

    private static LiveVolume write(Path folder) throws IOException {
        LiveVolume series = new StillImage(TestPatients.ellipsoids().image(), Optional.empty()).volume(1,
                Instant.EPOCH);
        for (int k = 0; k < series.instances().size(); k++) {
            Files.write(folder.resolve(String.format("%03d", k)), series.instances().get(k));
        }
        return series;
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
