package org.regstream.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.service.broker.EmbeddedBroker;

/** What happens to half a series when the broker is away for a while, and when a second instance takes partitions over. */
class OutageIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** Longer than an outage or a start of a second instance takes here. */
    private static final String[] PATIENT = {"regstream.assembly.idle-timeout=60s",
            "regstream.assembly.open-timeout=120s"};

    private final Path model = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");

    @TempDir
    Path folder;

    @BeforeEach
    void requireModel() {
        assumeTrue(Files.exists(model.resolve("manifest.json")), "skipped: no model package at " + model);
    }

    @Test
    void shouldBringOutTheVolumeWhenTheBrokerWasAwayInMidSeries() throws Exception {
        Path records = folder.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(records, 0, EmbeddedBroker.DEFAULT_TIMEOUT);
        String address = broker.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (ServiceProcess service = start(address, "service.log"); KafkaEnds kafka = new KafkaEnds(address)) {
            kafka.follow();
            service.createProcedure("away", "2.25.11", model);
            List<byte[]> slices = series("2.25.11");
            kafka.send("away", slices.subList(0, 20));
            await().atMost(LIMIT).until(() -> service.metric("regstream_frames_held") == 20);

            broker.stop();
            broker = EmbeddedBroker.start(records, port, EmbeddedBroker.DEFAULT_TIMEOUT);
            kafka.send("away", slices.subList(20, slices.size()));

            kafka.await("display.labels", r -> "away".equals(r.key()), LIMIT);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> kafka.uncommitted() == 0);
            kafka.drain();
            assertThat(identifiers(kafka, "away")).hasSize(1);
            assertThat(codes(kafka, "away")).doesNotContain("GAP");
        } finally {
            broker.stop();
        }
    }

    /** Longer than a producer tries by default. Raised meanwhile: every second, that a slice is missing and that nothing new has come. */
    @Test
    void shouldTellWhatHoldsAfterALongOutage() throws Exception {
        Path records = folder.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(records, 0, EmbeddedBroker.DEFAULT_TIMEOUT);
        String address = broker.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (ServiceProcess service = ServiceProcess.start(address, model, folder.resolve("service.log"),
                "regstream.alerts.repeat-after=1s"); KafkaEnds kafka = new KafkaEnds(address)) {
            kafka.follow();
            service.createProcedure("order", "2.25.31", model);
            kafka.send("order", series("2.25.31").subList(0, 5));
            kafka.await("display.alerts", r -> "order".equals(r.key()), LIMIT);

            broker.stop();
            await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1))
                    .until(() -> service.metric("regstream_heartbeats_lost_total") >= 45);
            broker = EmbeddedBroker.start(records, port, EmbeddedBroker.DEFAULT_TIMEOUT);
            long back = System.currentTimeMillis();

            kafka.await("display.alerts", r -> at(r).toEpochMilli() > back + 2000, LIMIT);
            List<Long> sequence = kafka.seen("display.alerts").stream()
                    .map(r -> Long.valueOf(KafkaEnds.header(r, "ce_sequence"))).toList();
            // of one condition the newest takes the place of what the broker had not taken: dozens were made, few are told
            assertThat(sequence).startsWith(1L).isSorted().doesNotHaveDuplicates().hasSizeLessThan(20);
            assertThat(sequence.get(sequence.size() - 1)).isGreaterThan(40);
        } finally {
            broker.stop();
        }
    }

    private static Instant at(ConsumerRecord<String, byte[]> alert) {
        return Instant.parse(KafkaEnds.header(alert, "ce_time"));
    }

    @Test
    void shouldBringOutEveryVolumeWhenASecondInstanceJoinsInMidSeries() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                ServiceProcess first = start(broker.bootstrapServers(), "first.log");
                KafkaEnds kafka = new KafkaEnds(broker.bootstrapServers())) {
            kafka.follow();
            List<String> procedures = List.of("2.25.21", "2.25.22", "2.25.23", "2.25.24", "2.25.25", "2.25.26");
            for (String study : procedures) {
                first.createProcedure(study, study, model);
                kafka.send(study, series(study).subList(0, 10));
            }
            await().atMost(LIMIT).until(() -> first.metric("regstream_frames_held") == 60);

            try (ServiceProcess second = start(broker.bootstrapServers(), "second.log")) {
                await().atMost(LIMIT).until(() -> kafka.consumers() == 2);
                for (String study : procedures) {
                    List<byte[]> slices = series(study);
                    kafka.send(study, slices.subList(10, slices.size()));
                }
                for (String study : procedures) {
                    kafka.await("display.labels", r -> study.equals(r.key()), LIMIT);
                }
                await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> kafka.uncommitted() == 0);
                assertThat(second.metric("regstream_volumes_published_total")).as("second instance works").isPositive();
            }
            kafka.drain();
            for (String study : procedures) {
                assertThat(identifiers(kafka, study)).hasSize(1);
                assertThat(codes(kafka, study)).doesNotContain("GAP");
            }
            assertThat(kafka.seen("dicom.frames.dead-letter")).isEmpty();
        }
    }

    private ServiceProcess start(String bootstrap, String log) throws IOException {
        return ServiceProcess.start(bootstrap, model, folder.resolve(log), PATIENT);
    }

    private List<byte[]> series(String study) {
        return MrImageWriter.write(NiftiReader.readVolume(model.resolve("template/image.nii.gz")),
                new MrSeriesDescription(study, study + ".1", study + ".2", 1, Instant.parse("2026-11-21T08:00:00Z")));
    }

    private static Set<String> identifiers(KafkaEnds kafka, String procedure) {
        return kafka.seen("display.labels").stream().filter(r -> procedure.equals(r.key()))
                .filter(KafkaEnds::isStudents)
                .map(r -> KafkaEnds.header(r, "ce_id")).collect(Collectors.toSet());
    }

    private static List<String> codes(KafkaEnds kafka, String procedure) throws IOException {
        List<String> codes = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> alert : kafka.seen("display.alerts")) {
            if (procedure.equals(alert.key())) {
                codes.add(new ObjectMapper().readTree(alert.value()).get("code").asText());
            }
        }
        return codes;
    }
}
