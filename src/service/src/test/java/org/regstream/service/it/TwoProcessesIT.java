package org.regstream.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;

/** Two processes share four procedures, a partition each, with names of their own in the consumer group as in {@code k8s/}. */
class TwoProcessesIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    /** What src/docs/guides/operations.md promises. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(10);
    private static final int PARTITIONS = 4;
    private static final int HALF = 20;
    private static final Pattern DECODED = Pattern
            .compile("(?m)^regstream_stage_seconds_count\\{stage=\"decode\",?} (\\S+)");

    private final Path model = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");
    private final List<String> procedures = IntStream.range(0, PARTITIONS).mapToObj(TwoProcessesIT::onPartition)
            .toList();
    private KafkaEnds kafka;
    private int volumes;
    private int slices;

    @TempDir
    Path folder;

    @BeforeEach
    void requireModel() {
        assumeTrue(Files.exists(model.resolve("manifest.json")), "skipped: no model package at " + model);
    }

    @Test
    void shouldHandleEachFrameOnceAndGoOnWithoutAProcessThatIsKilledOrStopped() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                ServiceProcess first = start(broker, 0);
                ServiceProcess second = start(broker, 1);
                KafkaEnds ends = new KafkaEnds(broker.bootstrapServers())) {
            kafka = ends;
            kafka.follow();
            prepare(first, second);

            report("both, first volumes", sendVolumes());
            report("both, next volumes", sendVolumes());
            assertThat(decoded(first)).as("its half of the frames").isEqualTo(volumes * slices * PARTITIONS / 2);
            assertThat(decoded(second)).as("the other half").isEqualTo(decoded(first));
            assertAnswers(second);

            Map<String, String> makers = makers();
            sendHalves(first, second);
            first.kill();
            Instant killed = Instant.now();
            Duration moved = awaitTakeOver(killed);
            Map<String, Duration> gaps = sendRest(killed);
            assertThat(moved).as("its partitions are with the other").isLessThan(TAKE_OVER);
            report("killed: partitions moved after " + moved.toMillis() + " ms; labels", gaps, makers);

            try (ServiceProcess back = start(broker, 0)) {
                await().atMost(LIMIT).until(() -> kafka.shares().equals(List.of(2, 2)));
                report("both again", sendVolumes());
                makers = makers();
                sendHalves(back, second);
                back.stop();
                Instant stopped = Instant.now();
                moved = awaitTakeOver(stopped);
                report("stopped: partitions moved after " + moved.toMillis() + " ms; labels", sendRest(stopped),
                        makers);
            }
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> kafka.uncommitted() == 0);
            assertNothingIsLost();
        }
    }

    private ServiceProcess start(EmbeddedBroker broker, int instance) throws IOException {
        return ServiceProcess.start(broker.bootstrapServers(), model, folder.resolve(instance + ".log"),
                "mp.messaging.incoming.frames.group.instance.id=regstream-" + instance,
                "regstream.assembly.idle-timeout=60s", "regstream.assembly.open-timeout=120s");
    }

    private void prepare(ServiceProcess first, ServiceProcess second) {
        procedures.forEach(p -> first.createProcedure(p, p, model));
        await().atMost(LIMIT).until(() -> second.metric("regstream_procedures") == procedures.size());
        await().atMost(LIMIT).until(() -> kafka.shares().equals(List.of(2, 2)));
    }

    /** @return from the first slice of four volumes until each has its labels */
    private Map<String, Duration> sendVolumes() throws Exception {
        Instant start = Instant.now();
        volumes++;
        for (String procedure : procedures) {
            kafka.send(procedure, series(procedure));
        }
        return awaitLabels(start);
    }

    private void sendHalves(ServiceProcess one, ServiceProcess other) throws Exception {
        volumes++;
        for (String procedure : procedures) {
            kafka.send(procedure, series(procedure).subList(0, HALF));
        }
        await().atMost(LIMIT).until(
                () -> one.metric("regstream_frames_held") + other.metric("regstream_frames_held") == 4 * HALF);
    }

    private Map<String, Duration> sendRest(Instant since) throws Exception {
        for (String procedure : procedures) {
            kafka.send(procedure, series(procedure).subList(HALF, slices));
        }
        return awaitLabels(since);
    }

    private Duration awaitTakeOver(Instant since) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50))
                .until(() -> kafka.shares().equals(List.of(PARTITIONS)));
        return Duration.between(since, Instant.now());
    }

    /** @return by procedure, when the newest volume's labels were made */
    private Map<String, Duration> awaitLabels(Instant since) {
        Map<String, Duration> after = new LinkedHashMap<>();
        for (String procedure : procedures) {
            kafka.await("display.labels", r -> labels(procedure).size() == volumes, LIMIT);
            ConsumerRecord<String, byte[]> newest = labels(procedure).get(volumes - 1);
            after.put(procedure, Duration.between(since, Instant.ofEpochMilli(newest.timestamp())));
        }
        return after;
    }

    /** @return the labels of each volume once, in the order they came */
    private List<ConsumerRecord<String, byte[]>> labels(String procedure) {
        return List.copyOf(kafka.seen("display.labels").stream().filter(r -> procedure.equals(r.key()))
                .filter(KafkaEnds::isStudents)
                .collect(Collectors.toMap(r -> KafkaEnds.header(r, "ce_id"), r -> r, (a, b) -> a, LinkedHashMap::new))
                .values());
    }

    /** @return by procedure, the run of the service that made its newest labels */
    private Map<String, String> makers() {
        Map<String, String> makers = new HashMap<>();
        procedures.forEach(p -> makers.put(p, KafkaEnds.header(labels(p).get(volumes - 1), "ce_runid")));
        return makers;
    }

    private void assertNothingIsLost() throws IOException {
        kafka.drain();
        for (String procedure : procedures) {
            assertThat(labels(procedure)).as("labels of each volume of %s", procedure).hasSize(volumes);
        }
        assertThat(kafka.seen("dicom.frames.dead-letter")).isEmpty();
        for (ConsumerRecord<String, byte[]> alert : kafka.seen("display.alerts")) {
            assertThat(new ObjectMapper().readTree(alert.value()).get("code").asText()).isNotEqualTo("GAP");
        }
    }

    /** What manifests, the dashboard and alert rules rely on. */
    private static void assertAnswers(ServiceProcess service) throws Exception {
        for (String path : List.of("/q/health/started", "/q/health/live", "/q/health/ready")) {
            assertThat(service.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(service.get("/q/metrics").body()).contains("\nkafka_consumer_fetch_manager_records_lag_max{",
                "\njvm_memory_used_bytes{", "\nprocess_cpu_usage");
    }

    private static double decoded(ServiceProcess service) throws Exception {
        Matcher sample = DECODED.matcher(service.get("/q/metrics").body());
        assertThat(sample.find()).isTrue();
        return Double.parseDouble(sample.group(1));
    }

    private List<byte[]> series(String procedure) {
        Volume image = NiftiReader.readVolume(model.resolve("template/image.nii.gz"));
        List<byte[]> series = MrImageWriter.write(image, new MrSeriesDescription(procedure, procedure + ".1",
                procedure + ".2", volumes, Instant.parse("2026-11-21T08:00:00Z")));
        slices = series.size();
        return series;
    }

    /** @return a UID that is hashed to this partition */
    private static String onPartition(int partition) {
        return IntStream.iterate(100, n -> n + 1).mapToObj(n -> "2.25." + n)
                .filter(uid -> BuiltInPartitioner.partitionForKey(uid.getBytes(StandardCharsets.UTF_8),
                        PARTITIONS) == partition)
                .findFirst().orElseThrow();
    }

    private static void report(String what, Map<String, Duration> after) {
        System.out.printf("TwoProcessesIT: %s: labels after %s ms%n", what,
                after.values().stream().map(Duration::toMillis).toList());
    }

    /** Of the procedures that moved, and of those that stayed where they were. */
    private void report(String what, Map<String, Duration> after, Map<String, String> before) {
        Map<String, String> now = makers();
        Map<Boolean, List<Long>> gaps = procedures.stream().collect(Collectors.partitioningBy(
                p -> !now.get(p).equals(before.get(p)),
                Collectors.mapping(p -> after.get(p).toMillis(), Collectors.toList())));
        assertThat(gaps.get(true)).as("procedures that moved").hasSize(2);
        System.out.printf("TwoProcessesIT: %s after %s ms where it moved, %s ms where it stayed%n", what,
                gaps.get(true), gaps.get(false));
    }
}
