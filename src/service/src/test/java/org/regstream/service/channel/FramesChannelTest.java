package org.regstream.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.DecodeException;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.service.line.Custody;
import org.regstream.service.procedure.ProcedureStore;
import org.regstream.service.testing.FrameMessages;
import org.regstream.service.testing.HandledModel;
import org.regstream.service.testing.InMemoryChannels;
import org.regstream.wire.ProcedureCodec;

/** The whole service but broker and network. */
@QuarkusTest
@TestProfile(InMemoryChannels.class)
class FramesChannelTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Inject
    @Any
    InMemoryConnector connector;
    @Inject
    ProcedureStore store;
    @Inject
    HandledModel model;
    @Inject
    Custody custody;

    private final Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final FrameMessages messages = new FrameMessages();
    private final String procedureId = "p-" + UUID.randomUUID();
    private final String series = "2.25." + new Random().nextInt(1 << 30);
    private InMemorySink<byte[]> labels;
    private InMemorySink<byte[]> alerts;

    @BeforeEach
    void createProcedure() {
        labels = connector.sink("labels");
        alerts = connector.sink("alerts");
        labels.clear();
        alerts.clear();
        store.put(procedureId, ProcedureCodec.encode(phantom.procedure(procedureId)));
    }

    @AfterEach
    void endProcedure() {
        model.release();
        store.delete(procedureId);
    }

    @Test
    void shouldPublishLabelsAndThenAcknowledgeTheFrames() {
        send(phantom.series(series, 1, Instant.now()));

        awaitAcknowledged(16);
        assertThat(labels.received()).hasSize(1);
        Message<byte[]> event = labels.received().get(0);
        assertThat(key(event)).isEqualTo(procedureId);
        assertThat(header(event, "ce_type")).isEqualTo("org.regstream.labels.student.v1");
        assertThat(header(event, "ce_subject")).isEqualTo(procedureId);
        assertThat(header(event, "ce_sequence")).isEqualTo("1");
        assertThat(header(event, "content-type")).isEqualTo("application/dicom");
        DicomObject dicom = FrameReader.withDefaults().readObject(event.getPayload());
        assertThat(dicom.string(Tag.SOP_INSTANCE_UID)).isEqualTo(header(event, "ce_id"));
        assertThat(dicom.string(Tag.STUDY_INSTANCE_UID)).isEqualTo(Phantom.STUDY);
    }

    /** One bound for all procedures: frames count as they came and decoded, as floats. */
    @Test
    void shouldCountWhatFramesTakeOfMemoryAsTheyCameAndDecoded() {
        List<byte[]> slices = new Phantom(64, 64, 64, List.of(FakeModel.HEAD, FakeModel.BODY))
                .series(series, 1, Instant.now()).subList(0, 4);

        send(slices);

        long each = slices.get(0).length + Float.BYTES * 64 * 64;
        await().untilAsserted(() -> assertThat(custody.heldBytes()).isBetween(4 * each, 4 * (each + 2048)));
    }

    @Test
    void shouldAcknowledgeHighestOffsetFirst() {
        send(phantom.series(series, 1, Instant.now()));

        awaitAcknowledged(16);
        assertThat(messages.acknowledged())
                .containsExactlyElementsOf(IntStream.range(0, 16).mapToObj(i -> 15L - i).toList());
    }

    @Test
    void shouldMakeTheSameObjectOfShuffledAndRepeatedFrames() {
        List<byte[]> slices = phantom.series(series, 1, Instant.parse("2026-11-21T08:00:00Z"));
        send(slices);
        awaitAcknowledged(16);
        store.delete(procedureId);
        store.put(procedureId, ProcedureCodec.encode(phantom.procedure(procedureId)));
        List<byte[]> shuffled = new ArrayList<>(slices.subList(0, 15));
        shuffled.addAll(slices.subList(3, 9));
        Collections.shuffle(shuffled, new Random(7));
        shuffled.add(slices.get(15));

        send(shuffled);

        awaitAcknowledged(16 + 22);
        assertThat(labels.received()).hasSize(2);
        assertThat(Arrays.equals(labels.received().get(1).getPayload(), labels.received().get(0).getPayload()))
                .isTrue();
    }

    @Test
    void shouldDeadLetterARecordThatIsNoDicomAndLeaveTheNextVolumeUnharmed() {
        List<byte[]> slices = phantom.series(series, 1, Instant.now());
        send(slices.subList(0, 8));
        send(List.of("garbage".getBytes(StandardCharsets.UTF_8)));
        send(slices.subList(8, 16));

        awaitAcknowledged(16);
        assertThat(messages.refused()).hasSize(1).first().isInstanceOf(DecodeException.class);
        assertThat(labels.received()).hasSize(1);
    }

    @Test
    void shouldDeadLetterAFrameThatNoProcedureSelects() {
        store.delete(procedureId);

        send(phantom.series(series, 1, Instant.now()).subList(0, 1));

        await().atMost(LIMIT).until(() -> !messages.refused().isEmpty());
        assertThat(messages.refused()).first().isInstanceOf(UnroutableException.class);
    }

    @Test
    void shouldRaiseAnAlertAndRegisterNothingWhenASliceIsMissing() {
        List<byte[]> slices = phantom.series(series, 1, Instant.now());
        send(slices.subList(0, 7));
        send(slices.subList(8, 16));

        awaitAcknowledged(15);
        assertThat(labels.received()).hasSize(1);
        assertThat(header(labels.received().get(0), "ce_type")).isEqualTo("org.regstream.noregistration.v1");
        JsonNode alert = alert(0);
        assertThat(alert.get("code").asText()).isEqualTo("GAP");
        assertThat(alert.get("kind").asText()).isEqualTo("TECHNICAL");
        assertThat(alert.get("phase").asText()).isEqualTo("RAISED");
        assertThat(alert.get("procedureId").asText()).isEqualTo(procedureId);
        assertThat(alert.toString()).doesNotContain("PHANTOM").doesNotContain(Phantom.STUDY).doesNotContain(series);
    }

    @Test
    void shouldDropTheWaitingVolumeForANewerOneWhileTheModelIsSlow() throws Exception {
        model.hold();
        Instant start = Instant.now().minusSeconds(3);
        send(phantom.series(series, 1, start));
        assertThat(model.awaitEntered()).isTrue();
        send(phantom.series(series, 2, start.plusSeconds(1)));
        send(phantom.series(series, 3, start.plusSeconds(2)));
        await().atMost(LIMIT).until(() -> !alerts.received().isEmpty());
        assertThat(messages.acknowledged()).as("nothing before the first volume is out").isEmpty();

        model.release();

        awaitAcknowledged(48);
        assertThat(labels.received()).hasSize(2);
        assertThat(alert(0).get("code").asText()).isEqualTo("SUPERSEDED");
    }

    private void send(List<byte[]> values) {
        values.forEach(v -> connector.<Message<byte[]>>source("frames").send(messages.next(v)));
    }

    private void awaitAcknowledged(int frames) {
        await().atMost(LIMIT).until(() -> messages.acknowledged().size() >= frames);
        assertThat(messages.acknowledged()).hasSize(frames);
    }

    private JsonNode alert(int index) {
        try {
            return new ObjectMapper().readTree(alerts.received().get(index).getPayload());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(Message<?> event, String name) {
        return new String(metadata(event).getHeaders().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Object key(Message<?> event) {
        return metadata(event).getKey();
    }

    private static OutgoingKafkaRecordMetadata<?> metadata(Message<?> event) {
        return event.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
    }
}
