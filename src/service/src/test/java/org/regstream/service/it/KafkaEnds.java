package org.regstream.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.regstream.service.publish.EventFactory;

/** Scanner and display: what is sent to the service, and all that it has ever published. */
final class KafkaEnds implements AutoCloseable {

    private static final List<String> OUT = List.of("display.labels", "display.uncertainty", "display.displacement",
            "display.alerts",
            "dicom.frames.dead-letter");

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Admin admin;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    KafkaEnds(String bootstrap) {
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrap);
        config.put("acks", "all");
        config.put("linger.ms", "0");
        config.put("auto.offset.reset", "earliest");
        config.put("metadata.max.age.ms", "500");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        admin = Admin.create(config);
    }

    /** Follows the topics of the service from their beginning; it must have made them. */
    void follow() {
        follow(OUT);
    }

    /** Follows these topics from their beginning. */
    void follow(List<String> topics) {
        List<TopicPartition> partitions = topics.stream().flatMap(t -> consumer.partitionsFor(t).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void send(String key, List<byte[]> values) throws InterruptedException, ExecutionException, TimeoutException {
        send("dicom.frames", key, values);
    }

    void send(String topic, String key, List<byte[]> values)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (byte[] value : values) {
            producer.send(new ProducerRecord<>(topic, key, value)).get(20, TimeUnit.SECONDS);
        }
    }

    /** Waits for a record; all records of all topics are kept. */
    ConsumerRecord<String, byte[]> await(String topic, Predicate<ConsumerRecord<String, byte[]>> wanted,
            Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (seen(topic).stream().noneMatch(wanted) && System.nanoTime() < end) {
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
        List<ConsumerRecord<String, byte[]>> found = seen(topic).stream().filter(wanted).toList();
        assertThat(found).as("record on %s within %s", topic, limit).isNotEmpty();
        return found.get(0);
    }

    /** @return what has come on a topic so far */
    List<ConsumerRecord<String, byte[]>> seen(String topic) {
        return seen.stream().filter(r -> r.topic().equals(topic)).toList();
    }

    /** Reads what is there by now. */
    void drain() {
        for (int quiet = 0; quiet < 3;) {
            int before = seen.size();
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
            quiet = seen.size() == before ? quiet + 1 : 0;
        }
    }

    /** @return instances of the service that have a share of the frames' partitions */
    long consumers() throws InterruptedException, ExecutionException, TimeoutException {
        return shares().size();
    }

    /** @return how many of the frames' partitions each instance of the service has that has any */
    List<Integer> shares() throws InterruptedException, ExecutionException, TimeoutException {
        return admin.describeConsumerGroups(List.of("regstream")).all().get(20, TimeUnit.SECONDS).get("regstream")
                .members().stream().map(m -> m.assignment().topicPartitions().size()).filter(n -> n > 0).toList();
    }

    /** @return frames on the topic that the service has not committed */
    long uncommitted() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("regstream")
                .partitionsToOffsetAndMetadata().get(20, TimeUnit.SECONDS);
        List<TopicPartition> partitions = admin.describeTopics(List.of("dicom.frames")).allTopicNames()
                .get(20, TimeUnit.SECONDS).get("dicom.frames").partitions().stream()
                .map(p -> new TopicPartition("dicom.frames", p.partition())).toList();
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()))).all()
                .get(20, TimeUnit.SECONDS).entrySet().stream()
                .mapToLong(end -> end.getValue().offset()
                        - (committed.get(end.getKey()) == null ? 0 : committed.get(end.getKey()).offset()))
                .sum();
    }

    /** Whether labels are those that go out at once. */
    static boolean isStudents(ConsumerRecord<?, ?> labels) {
        return header(labels, "ce_type").equals(EventFactory.STUDENT_LABELS_TYPE);
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as("header %s of %s", name, record.headers()).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        admin.close(Duration.ofSeconds(5));
    }
}
