package org.regstream.service.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.service.broker.EmbeddedBroker;

/** A real broker that goes away and comes back. */
class KafkaFramesTopicTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TOPIC = "frames";

    @TempDir
    Path folder;

    @Test
    void shouldLoseNothingItCalledDeliveredAndRefuseWhileTheBrokerIsAway() throws Exception {
        // given
        EmbeddedBroker broker = EmbeddedBroker.start(folder, 0, EmbeddedBroker.DEFAULT_TIMEOUT);
        String address = broker.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        createTopic(address, Map.of());
        Set<String> delivered = new HashSet<>();
        try (KafkaFramesTopic topic = KafkaFramesTopic.open(Map.of("bootstrap.servers", address), TOPIC, 1 << 20,
                Duration.ofSeconds(3))) {
            deliver(topic, 0, 20, delivered);
            assertThat(delivered).hasSize(20);

            // when
            broker.stop();
            assertThatThrownBy(
                    () -> topic.deliver("series", new byte[]{1}).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(topic.isReachable()).isFalse();
            broker = EmbeddedBroker.start(folder, port, EmbeddedBroker.DEFAULT_TIMEOUT);
            await().atMost(LIMIT).until(topic::isReachable);
            deliver(topic, 20, 30, delivered);

            // then
            assertThat(delivered).hasSize(30);
            assertThat(onTopic(address, 30)).containsAll(delivered);
        } finally {
            broker.stop();
        }
    }

    /** Over the topic's limit, and over the producer's own. */
    @Test
    void shouldRefuseWhatIsTooLargeAndGoOnWithTheRest() throws Exception {
        // given
        EmbeddedBroker broker = EmbeddedBroker.start(folder, 0, EmbeddedBroker.DEFAULT_TIMEOUT);
        String address = broker.bootstrapServers();
        createTopic(address, Map.of("max.message.bytes", String.valueOf(64 << 10)));
        try (KafkaFramesTopic topic = KafkaFramesTopic.open(Map.of("bootstrap.servers", address), TOPIC, 1 << 20,
                LIMIT)) {
            for (int bytes : new int[]{128 << 10, 2 << 20}) {
                // when
                CompletableFuture<Void> large = topic.deliver("series", new byte[bytes]).toCompletableFuture();

                // then
                assertThatThrownBy(() -> large.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .hasCauseInstanceOf(TooLargeException.class).hasMessageContaining(TOPIC);
                assertThat(topic.isReachable()).isTrue();
            }
            deliver(topic, 0, 2, new HashSet<>());
        } finally {
            broker.stop();
        }
    }

    private static void deliver(KafkaFramesTopic topic, int from, int to, Set<String> delivered) throws Exception {
        List<CompletableFuture<Void>> under = new ArrayList<>();
        for (int n = from; n < to; n++) {
            under.add(topic.deliver("series", ("slice " + n).getBytes(StandardCharsets.UTF_8)).toCompletableFuture());
        }
        for (int n = from; n < to; n++) {
            under.get(n - from).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            delivered.add("slice " + n);
        }
    }

    private static void createTopic(String address, Map<String, String> config) throws Exception {
        NewTopic wanted = new NewTopic(TOPIC, Optional.of(2), Optional.of((short) 1)).configs(config);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(wanted)).all()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static Set<String> onTopic(String address, int records) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "auto.offset.reset", "earliest"), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, 2).mapToObj(p -> new TopicPartition(TOPIC, p))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Set<String> seen = new HashSet<>();
            await().atMost(LIMIT).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    assertThat(record.key()).isEqualTo("series");
                    assertThat(record.headers().lastHeader("content-type").value())
                            .isEqualTo("application/dicom".getBytes(StandardCharsets.UTF_8));
                    seen.add(new String(record.value(), StandardCharsets.UTF_8));
                }
                return seen.size() >= records;
            });
            return seen;
        }
    }
}
