package org.regstream.service.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.line.StoredAlerts;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.procedure.CompactedTopicReader;
import org.regstream.service.procedure.CompactedTopicReader.From;
import org.regstream.service.procedure.CompactedTopicWriter;
import org.regstream.service.procedure.SetAsideRecords;
import org.regstream.service.testing.HandClock;
import org.regstream.service.testing.MockTopic;
import org.regstream.wire.AlertStateDocument;

/** Run {@code me} follows what runs write; {@code other} is another. */
class KafkaAlertStatesTest {

    private static final String TOPIC = "registration.alerts";

    private final MockConsumer<String, byte[]> consumer = MockTopic.empty(TOPIC);
    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, null, new StringSerializer(),
            new ByteArraySerializer());
    private final HandClock clock = new HandClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final SetAsideRecords aside = new SetAsideRecords(new MicrometerMetrics(new SimpleMeterRegistry()));
    private final KafkaAlertStates states = new KafkaAlertStates("me",
            listener -> new CompactedTopicReader(consumer, TOPIC, From.BEGINNING, listener, aside),
            new CompactedTopicWriter(producer, TOPIC), Duration.ofSeconds(10), clock);
    private long offset;

    @BeforeEach
    void open() {
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
        clock.now = clock.now.plus(StoredAlerts.LEASE).minusMillis(1);
        assertThat(states.isVacant("p1")).isFalse();
        clock.now = clock.now.plusMillis(1);
        assertThat(states.isVacant("p1")).isTrue();
    }

    /** By an hour: an arrival that lies ahead is no lease for that hour. */
    @Test
    void shouldBeVacantWhenTheClockWasSetBackFurtherThanALease() {
        arrives("p1", AlertStateDocument.write(state("other", 5)));

        clock.now = clock.now.minus(StoredAlerts.LEASE).plusMillis(1);
        assertThat(states.isVacant("p1")).isFalse();
        clock.now = clock.now.minusMillis(1);
        assertThat(states.isVacant("p1")).isTrue();
    }

    @Test
    void shouldBeVacantWhereThisRunTellsOrAnotherHasLetGo() {
        arrives("mine", AlertStateDocument.write(state("me", 5)));
        arrives("free", AlertStateDocument
                .write(new StoredAlerts(Optional.empty(), "00", AlertMemory.NONE.takenOver(clock.now))));

        assertThat(states.isVacant("mine")).isTrue();
        assertThat(states.isVacant("free")).isTrue();
    }

    /** Its own are for whoever told of them here to end. */
    @Test
    void shouldCallLeftWhatNoOtherRunHasToldOfForALease() {
        arrives("other", AlertStateDocument.write(state("other", 5)));
        arrives("mine", AlertStateDocument.write(state("me", 5)));
        assertThat(states.left()).isEmpty();

        clock.now = clock.now.plus(StoredAlerts.LEASE);

        assertThat(states.left()).containsExactly("other");
    }

    /** A record of a run that did not know yet that another had taken over. */
    @Test
    void shouldKeepWhatHasTheLargerEpoch() {
        arrives("p1", AlertStateDocument.write(state("other", 6)));
        arrives("p1", AlertStateDocument.write(state("late", 5)));

        assertThat(states.newest("p1").writer()).contains("other");
    }

    /** Every instance takes the same one for the teller, in whatever order the two write. */
    @Test
    void shouldKeepOneOfTwoThatTookOverInTheSameMillisecond() {
        arrives("p1", AlertStateDocument.write(state("run-b", 6)));
        arrives("p1", AlertStateDocument.write(state("run-a", 6)));
        assertThat(states.newest("p1").writer()).contains("run-b");

        arrives("p2", AlertStateDocument.write(state("run-a", 6)));
        arrives("p2", AlertStateDocument.write(state("run-b", 6)));
        assertThat(states.newest("p2").writer()).contains("run-b");
    }

    @Test
    void shouldForgetWhatWasDeletedAndSurviveWhatItDoesNotUnderstand() {
        arrives("p1", AlertStateDocument.write(state("other", 6)));
        arrives("p1", "no JSON".getBytes(StandardCharsets.UTF_8));
        assertThat(states.newest("p1").writer()).contains("other");
        assertThat(aside.told()).singleElement().satisfies(one -> assertThat(one.key()).isEqualTo("p1"));

        arrives("p1", null);

        assertThat(states.newest("p1")).isEqualTo(StoredAlerts.NONE);
        assertThat(aside.told()).isEmpty();
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
