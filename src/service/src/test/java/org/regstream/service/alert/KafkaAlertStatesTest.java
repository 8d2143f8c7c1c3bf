package org.regstream.service.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.AlertMemory;
import org.regstream.service.line.AlertStates;
import org.regstream.service.line.StoredAlerts;
import org.regstream.service.procedure.CompactedTopicReader;
import org.regstream.service.procedure.CompactedTopicReader.From;
import org.regstream.service.wire.AlertStateDocument;

/** Run {@code me} follows what runs write; {@code other} is another. */
class KafkaAlertStatesTest {

    private static final String TOPIC = "registration.alerts";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, null, new StringSerializer(),
            new ByteArraySerializer());
    private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private final KafkaAlertStates states = new KafkaAlertStates(TOPIC, "me",
            listener -> new CompactedTopicReader(consumer, TOPIC, From.BEGINNING, listener), producer,
            Duration.ofSeconds(10), new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            });
    private long offset;

    @BeforeEach
    void open() {
        Node node = new Node(0, "localhost", 1);
        consumer.updatePartitions(TOPIC,
                List.of(new PartitionInfo(TOPIC, 0, node, new Node[]{node}, new Node[]{node})));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        states.open();
    }

    @AfterEach
    void close() {
        states.close();
    }

    @Test
    void shouldBeVacantWhereNobodyTells() {
        assertThat(states.isVacant("p1")).isTrue();
        assertThat(states.newest("p1")).isEqualTo(StoredAlerts.NONE);
    }

    @Test
    void shouldNotBeVacantUntilTheLeaseOfAnotherHasRunOut() {
        arrives("p1", AlertStateDocument.write(state("other", 5)));

        assertThat(states.isVacant("p1")).isFalse();
        now = now.plus(AlertStates.LEASE).minusMillis(1);
        assertThat(states.isVacant("p1")).isFalse();
        now = now.plusMillis(1);
        assertThat(states.isVacant("p1")).isTrue();
    }

    @Test
    void shouldBeVacantWhereThisRunTellsOrAnotherHasLetGo() {
        arrives("mine", AlertStateDocument.write(state("me", 5)));
        arrives("free", AlertStateDocument
                .write(new StoredAlerts(Optional.empty(), "00", AlertMemory.NONE.takenOver(now))));

        assertThat(states.isVacant("mine")).isTrue();
        assertThat(states.isVacant("free")).isTrue();
    }

    /** A record of a run that did not know yet that another had taken over. */
    @Test
    void shouldKeepWhatHasTheLargerEpoch() {
        arrives("p1", AlertStateDocument.write(state("other", 6)));
        arrives("p1", AlertStateDocument.write(state("late", 5)));

        assertThat(states.newest("p1").writer()).contains("other");
    }

    @Test
    void shouldForgetWhatWasDeletedAndSurviveWhatItDoesNotUnderstand() {
        arrives("p1", AlertStateDocument.write(state("other", 6)));
        arrives("p1", "no JSON".getBytes(StandardCharsets.UTF_8));
        assertThat(states.newest("p1").writer()).contains("other");

        arrives("p1", null);

        assertThat(states.newest("p1")).isEqualTo(StoredAlerts.NONE);
        assertThat(states.failure()).isEmpty();
    }

    @Test
    void shouldWriteTheStateUnderItsProcedure() {
        StoredAlerts state = state("me", 7);

        states.put("p1", state).toCompletableFuture().join();
        states.delete("p1").toCompletableFuture().join();

        assertThat(producer.history()).extracting(r -> r.key()).containsExactly("p1", "p1");
        assertThat(AlertStateDocument.read(producer.history().get(0).value())).isEqualTo(state);
        assertThat(producer.history().get(1).value()).isNull();
    }

    private static StoredAlerts state(String writer, long epoch) {
        return new StoredAlerts(Optional.of(writer), "00",
                new AlertMemory(epoch, 3, Optional.empty(), Optional.empty(), Map.of(), List.of()));
    }

    /** Returns when it is applied: a marker comes after it. */
    private void arrives(String key, byte[] value) {
        add(key, value);
        long marker = offset;
        add("marker", AlertStateDocument.write(state("me", marker)));
        await().atMost(Duration.ofSeconds(10)).until(() -> states.newest("marker").memory().epoch() == marker);
    }

    private void add(String key, byte[] value) {
        long at = offset++;
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, at, key, value)));
    }
}
