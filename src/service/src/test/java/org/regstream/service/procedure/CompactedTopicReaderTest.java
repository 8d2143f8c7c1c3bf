package org.regstream.service.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.DecodeException;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.procedure.SetAsideRecords.SetAside;
import org.regstream.service.testing.MockTopic;

class CompactedTopicReaderTest {

    private static final String TOPIC = "registration.procedures";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<String, byte[]> consumer = MockTopic.empty(TOPIC);
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SetAsideRecords aside = new SetAsideRecords(new MicrometerMetrics(registry));
    private final CompactedTopicReader reader = new CompactedTopicReader(consumer, TOPIC,
            CompactedTopicReader.From.BEGINNING, this::apply, aside);

    private volatile boolean isAnyBad;

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

    /** Also one that is nested so deep that nothing could read it. */
    @Test
    void shouldTellOfWhatItSetAsideUntilALaterRecordOfTheKeyCanBeUsed() throws Exception {
        consumer.updateEndOffsets(Map.of(PARTITION, 6L));
        consumer.schedulePollTask(() -> add(0, "deep", "x"));
        consumer.schedulePollTask(() -> add(1, "bad", "x"));
        consumer.schedulePollTask(() -> add(2, "told", "x"));
        consumer.schedulePollTask(() -> add(3, null, "x"));
        consumer.schedulePollTask(() -> add(4, "p1", "good"));
        consumer.schedulePollTask(() -> add(5, "Grey^Jo bad", "good"));

        reader.start();
        reader.current().get(10, TimeUnit.SECONDS);

        assertThat(aside.told()).extracting(SetAside::offset).containsExactly(0L, 1L, 2L, 3L);
        assertThat(aside.told()).extracting(SetAside::key).containsExactly("deep", "bad", "told", "none");
        assertThat(aside.told().get(1).toString()).startsWith("registration.procedures partition 0 offset 1 key bad: ")
                .doesNotContain("made up");
        assertThat(aside.told().get(2).reason()).startsWith("it must be short, x").hasSizeLessThan(400);
        assertThat(registry.counter("regstream.records.setaside", "topic", TOPIC).count()).isEqualTo(4);

        consumer.updateEndOffsets(Map.of(PARTITION, 7L));
        consumer.schedulePollTask(() -> add(6, "told", null));
        reader.current().get(10, TimeUnit.SECONDS);

        assertThat(aside.told()).extracting(SetAside::offset).containsExactly(0L, 1L, 3L);
        assertThat(seen).containsOnlyKeys("p1", "Grey^Jo bad");
    }

    @Test
    void shouldNotRepeatAKeyThatIsNoIdAndForgetTheOldestOfMany() throws Exception {
        int many = SetAsideRecords.MOST_TOLD + 3;
        consumer.updateEndOffsets(Map.of(PARTITION, many + 1L));
        consumer.schedulePollTask(() -> {
            add(0, "Grey^Jo", "x");
            for (int n = 1; n <= many; n++) {
                add(n, "key-" + n, "x");
            }
        });
        isAnyBad = true;

        reader.start();
        reader.current().get(10, TimeUnit.SECONDS);

        assertThat(aside.told()).hasSize(SetAsideRecords.MOST_TOLD).last().extracting(SetAside::key)
                .isEqualTo("key-" + many);
        assertThat(aside.told()).noneMatch(one -> one.toString().contains("Grey"));
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

    private void apply(String key, byte[] value, Instant writtenAt) {
        if (key.equals("bad")) {
            throw new NullPointerException("made up");
        }
        if (key.equals("deep")) {
            throw new StackOverflowError("made up");
        }
        if (key.equals("told") && value != null || isAnyBad) {
            throw new DecodeException("it must be short, " + "x".repeat(1000));
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
