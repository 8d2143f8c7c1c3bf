package org.regstream.demo.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regstream.core.RegstreamException;

/** Reads topics from their beginning to where they end now. Leaves no trace at the broker. For one thread. */
final class TopicScan implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    /** Longest time in which the broker hands nothing over. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final KafkaConsumer<String, byte[]> consumer;

    TopicScan(String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000), new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * @param each told of every record with that key, partition by partition in its order; nothing of a topic that does not exist
     * @throws RegstreamException if the broker falls silent
     */
    void read(String topic, String key, Consumer<ConsumerRecord<String, byte[]>> each) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long heard = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            Iterable<ConsumerRecord<String, byte[]>> records = consumer.poll(POLL);
            for (ConsumerRecord<String, byte[]> record : records) {
                heard = System.nanoTime();
                if (key.equals(record.key())) {
                    each.accept(record);
                }
            }
            if (System.nanoTime() - heard > SILENCE_NANOS) {
                throw new RegstreamException(
                        "the broker hands over nothing more of topic " + topic + " for 30 s; try again");
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
