package org.regstream.service.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.service.testing.MockTopic;

class CompactedTopicReaderTest {

    private static final String TOPIC = "registration.procedures";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<String, byte[]> consumer = MockTopic.empty(TOPIC);
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final CompactedTopicReader reader = new CompactedTopicReader(consumer, TOPIC,
            CompactedTopicReader.From.BEGINNING, this::apply);

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void shouldBeCurrentOnlyWhenTheWholeTopicIsApplied() throws Exception {
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        consumer.schedulePollTask(() -> add(0, "p1", "old"));
        consumer.schedulePollTask(() -> add(1, "p1", "new"));

        reader.start();
        reader.current().get(10, TimeUnit.SECONDS);

        assertThat(seen).containsExactly(Map.entry("p1", "new"));
    }

    @Test
    void shouldTellOfADeletedKey() throws Exception {
        seen.put("p1", "before");
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
        consumer.schedulePollTask(() -> add(0, "p1", null));

        reader.start();
        reader.current().get(10, TimeUnit.SECONDS);

        assertThat(seen).isEmpty();
    }

    /** One record must not hide those that follow, and the thread lives on. */
    @Test
    void shouldSetARecordAsideThatItsListenerCannotTake() throws Exception {
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        consumer.schedulePollTask(() -> add(0, "bad", "x"));
        consumer.schedulePollTask(() -> add(1, "p1", "good"));

        reader.start();
        reader.current().get(10, TimeUnit.SECONDS);

        assertThat(seen).containsExactly(Map.entry("p1", "good"));
        assertThat(reader.failure()).isEmpty();
    }

    @Test
    void shouldSayWhyItHasEndedAlsoAfterAnError() {
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
        consumer.schedulePollTask(() -> add(0, "error", "x"));

        reader.start();

        assertThatThrownBy(() -> reader.current().get(10, TimeUnit.SECONDS)).hasRootCauseMessage("made up");
        assertThat(reader.failure()).isPresent();
    }

    @Test
    void shouldFailThoseWhoWaitWhenTheBrokerRefuses() {
        consumer.updateEndOffsets(Map.of(PARTITION, 5L));
        consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("not authorised")));

        reader.start();

        assertThatThrownBy(() -> reader.current().get(10, TimeUnit.SECONDS))
                .hasMessageContaining("registration.procedures").hasRootCauseMessage("not authorised");
        assertThat(reader.failure()).isPresent();
    }

    private void apply(String key, byte[] value) {
        if (key.equals("bad")) {
            throw new NullPointerException("made up");
        }
        if (key.equals("error")) {
            throw new NoClassDefFoundError("made up");
        }
        if (value == null) {
            seen.remove(key);
        } else {
            seen.put(key, new String(value, StandardCharsets.UTF_8));
        }
    }

    private void add(long offset, String key, String value) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key,
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }
}
