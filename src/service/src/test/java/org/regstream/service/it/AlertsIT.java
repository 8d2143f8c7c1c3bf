package org.regstream.service.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.onnx.EnsemblePackage;
import org.regstream.service.publish.EventFactory;
import org.regstream.service.testing.Schemas;

/**
 * Alerts, heartbeats and receipts of the packaged service on a real broker: what a kill leaves of them, whether everything that is
 * published follows its schema, and whether it tells who the patient is.
 */
class AlertsIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String LABELS = "display.labels";
    private static final String ALERTS = "display.alerts";
    private static final String STATUS = "display.status";
    private static final String RECEIPTS = "display.receipts";
    private static final String STATES = "registration.alerts";
    private static final String STUDY = "2.25.7710001";
    private static final String OTHER_STUDY = "2.25.7710002";
    private static final Map<String, String> SCHEMAS = Map.of(EventFactory.ALERT_TYPE, "alert.v1.json",
            EventFactory.HEARTBEAT_TYPE, "heartbeat.v1.json", EventFactory.NO_REGISTRATION_TYPE,
            "no-registration.v1.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path shipped = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");
    private Path model;
    private KafkaEnds kafka;

    @TempDir
    Path folder;

    @BeforeEach
    void requireModel() throws IOException {
        assumeTrue(Files.exists(shipped.resolve("manifest.json")), "skipped: no model package at " + shipped);
        model = EnsemblePackage.write(shipped, folder.resolve("hippocampus"));
    }

    @Test
    void shouldKeepAlertsThroughAKillFollowTheSchemasAndNameNoPatient() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            try (ServiceProcess first = start(broker); KafkaEnds ends = new KafkaEnds(broker.bootstrapServers())) {
                kafka = ends;
                kafka.follow(List.of(LABELS, ALERTS, STATUS, STATES, "dicom.frames.dead-letter"));
                latchAGap(first);
                acknowledgeAGap(first);
                missReceipts(first);
                Map<String, Long> sequences = last("sequence");
                Map<String, Long> epochs = last("epoch");

                first.kill();

                try (ServiceProcess second = start(broker)) {
                    assertKept(second, sequences, epochs);
                    assertBeatsHaveNoGaps("or-1");
                    assertSchemas();
                    assertNobodyIsNamed(second);
                }
            }
        }
    }

    /** A volume with a slice missing, then a whole one: nobody has seen the first, so it stays. */
    private void latchAGap(ServiceProcess service) throws Exception {
        service.createProcedure("or-1", STUDY, model);
        List<byte[]> slices = series(STUDY, 1);
        kafka.send("one", slices.subList(0, slices.size() - 1));
        kafka.await(ALERTS, alert("or-1", "GAP", "ACTIVE"), LIMIT);
        kafka.send("one", series(STUDY, 2));
        kafka.await(LABELS, r -> "or-1".equals(r.key()) && KafkaEnds.isStudents(r), LIMIT);
        JsonNode latched = json(kafka.await(ALERTS, alert("or-1", "GAP", "LATCHED"), LIMIT));
        assertThat(latched.get("sentence").asText()).endsWith("Acknowledge it to close it.");
    }

    private void acknowledgeAGap(ServiceProcess service) throws Exception {
        service.createProcedure("or-2", OTHER_STUDY, model);
        kafka.send("two", series(OTHER_STUDY, 1).subList(0, 5));
        JsonNode gap = json(kafka.await(ALERTS, alert("or-2", "GAP", "ACTIVE"), LIMIT));

        assertThat(acknowledge(service, "or-2", gap.get("alertId").asText()).get("phase").asText())
                .isEqualTo("ACKNOWLEDGED");
        kafka.await(ALERTS, alert("or-2", "GAP", "ACTIVE").and(r -> has(r, "phase", "ACKNOWLEDGED")), LIMIT);
    }

    /** Garbage is counted and told of; a display that stops is missed until it comes again. */
    private void missReceipts(ServiceProcess service) throws Exception {
        kafka.send(RECEIPTS, "or-1", List.of("no JSON".getBytes(StandardCharsets.UTF_8), receipt("or-2")));
        await().atMost(LIMIT).until(() -> service.get("/q/metrics").body()
                .contains("regstream_records_setaside_total{topic=\"display.receipts\"} 2"));
        assertThat(service.get("/q/health/ready").body()).contains("display.receipts partition", "key or-1");
        kafka.send(RECEIPTS, "or-1", List.of(receipt("or-1")));
        kafka.await(ALERTS, alert("or-1", "RECEIPTS_MISSING", "ACTIVE"), LIMIT);
        kafka.send(RECEIPTS, "or-1", List.of(receipt("or-1")));
        kafka.await(ALERTS, alert("or-1", "RECEIPTS_MISSING", "INACTIVE"), LIMIT);
    }

    private static byte[] receipt(String procedure) {
        byte[] receipt = ("{\"schema\": 1, \"procedureId\": \"" + procedure
                + "\", \"display\": \"wall\", \"state\": \"SHOWING\", \"at\": \"" + Instant.now() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Schemas.faults("receipt.v1.json", receipt)).isEmpty();
        return receipt;
    }

    /** Both alerts, each as it was, with numbers that go on in an epoch of its own. */
    private void assertKept(ServiceProcess service, Map<String, Long> sequences, Map<String, Long> epochs)
            throws Exception {
        JsonNode open = JSON.readTree(service.get("/procedures/or-1/alerts").body());
        assertThat(open.findValuesAsText("code")).contains("GAP");
        JsonNode latched = json(kafka.await(ALERTS,
                alert("or-1", "GAP", "LATCHED").and(r -> longOf(r, "epoch") > epochs.get("or-1")), LIMIT));
        assertThat(latched.get("sequence").asLong()).isGreaterThan(sequences.get("or-1"));
        JsonNode seen = json(kafka.await(ALERTS,
                alert("or-2", "GAP", "ACTIVE").and(r -> longOf(r, "epoch") > epochs.get("or-2")), LIMIT));
        assertThat(seen.get("sequence").asLong()).isGreaterThan(sequences.get("or-2"));
        assertThat(seen.at("/acknowledgement/by").asText()).isEqualTo("Dr Grey");

        JsonNode closed = acknowledge(service, "or-1", latched.get("alertId").asText());
        assertThat(closed.get("state").asText()).isEqualTo("INACTIVE");
        assertThat(JSON.readTree(service.get("/procedures/or-1/alerts").body()).findValuesAsText("code"))
                .doesNotContain("GAP");
    }

    /** Of each epoch: 1, 2, 3 and so on, one a second, and epochs only grow. */
    private void assertBeatsHaveNoGaps(String procedure) {
        List<ConsumerRecord<String, byte[]>> beats = of(STATUS, procedure);
        assertThat(beats.stream().map(r -> longOf(r, "epoch")).toList()).isSorted();
        beats.stream().collect(Collectors.groupingBy(r -> longOf(r, "epoch"))).forEach((epoch, own) -> {
            List<Long> numbers = own.stream().map(r -> longOf(r, "sequence")).toList();
            assertThat(numbers).isEqualTo(Stream.iterate(1L, n -> n + 1).limit(numbers.size()).toList());
        });
    }

    private void assertSchemas() {
        List<ConsumerRecord<String, byte[]>> events = Stream.of(LABELS, ALERTS, STATUS)
                .flatMap(topic -> kafka.seen(topic).stream())
                .filter(r -> KafkaEnds.header(r, "content-type").equals("application/json")).toList();
        assertThat(events.stream().map(r -> KafkaEnds.header(r, "ce_type")).collect(Collectors.toSet()))
                .isEqualTo(SCHEMAS.keySet());
        assertThat(events).allSatisfy(r -> {
            assertThat(Schemas.faults(SCHEMAS.get(KafkaEnds.header(r, "ce_type")), r.value()))
                    .as(new String(r.value(), StandardCharsets.UTF_8)).isEmpty();
            assertThat(r.value().length).isLessThan(64 << 10);
        });
    }

    /** DICOM objects aside, which carry the patient's identity as the live series does. */
    private void assertNobodyIsNamed(ServiceProcess service) throws Exception {
        List<String> told = new ArrayList<>(List.of(Files.readString(folder.resolve("service.log")),
                service.get("/q/metrics").body(), service.get("/procedures/or-1/alerts").body()));
        Stream.of(LABELS, ALERTS, STATUS, STATES).flatMap(topic -> kafka.seen(topic).stream()).forEach(r -> {
            r.headers().forEach(h -> told.add(new String(h.value(), StandardCharsets.UTF_8)));
            if (r.value() != null && r.value()[0] == '{') {
                told.add(new String(r.value(), StandardCharsets.UTF_8));
            }
        });
        List<String> names = identity();
        assertThat(names).hasSizeGreaterThan(10);
        assertThat(told).hasSizeGreaterThan(50).allSatisfy(text -> assertThat(text).doesNotContain(names));
    }

    /** @return names and numbers that lead to the patient */
    private List<String> identity() {
        List<String> names = new ArrayList<>();
        for (byte[] slice : series(STUDY, 1)) {
            DicomObject dicom = FrameReader.withDefaults().readObject(slice);
            for (Tag tag : new Tag[]{Tag.PATIENT_NAME, Tag.PATIENT_ID, Tag.STUDY_INSTANCE_UID, Tag.SERIES_INSTANCE_UID,
                    Tag.FRAME_OF_REFERENCE_UID, Tag.SOP_INSTANCE_UID}) {
                names.add(dicom.string(tag));
            }
        }
        names.add(OTHER_STUDY);
        return names.stream().distinct().toList();
    }

    private ServiceProcess start(EmbeddedBroker broker) throws IOException {
        return ServiceProcess.start(broker.bootstrapServers(), model, folder.resolve("service.log"),
                "regstream.assembly.idle-timeout=2s", "regstream.receipts.budget=3s");
    }

    private List<byte[]> series(String study, int volume) {
        return MrImageWriter.write(NiftiReader.readVolume(model.resolve("template/image.nii.gz")),
                new MrSeriesDescription(study, study + ".1", study + ".2", volume, Instant.now()));
    }

    private static JsonNode acknowledge(ServiceProcess service, String procedure, String alertId) throws IOException {
        return JSON.readTree(given().baseUri(service.uri("").toString()).contentType("application/json")
                .body("{\"by\": \"Dr Grey\", \"minutes\": 60}")
                .post("/procedures/" + procedure + "/alerts/" + alertId + "/acknowledge").then().statusCode(200)
                .extract().asByteArray());
    }

    private List<ConsumerRecord<String, byte[]>> of(String topic, String procedure) {
        return kafka.seen(topic).stream().filter(r -> procedure.equals(r.key())).toList();
    }

    /** @return the largest number so far in a field of each procedure's alerts */
    private Map<String, Long> last(String field) {
        return kafka.seen(ALERTS).stream()
                .collect(Collectors.toMap(ConsumerRecord::key, r -> longOf(r, field), Math::max));
    }

    private static Predicate<ConsumerRecord<String, byte[]>> alert(String procedure, String code, String state) {
        return r -> procedure.equals(r.key()) && has(r, "code", code) && has(r, "state", state);
    }

    private static boolean has(ConsumerRecord<String, byte[]> record, String field, String value) {
        return json(record).path(field).asText().equals(value);
    }

    private static long longOf(ConsumerRecord<String, byte[]> record, String field) {
        return json(record).get(field).asLong();
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
