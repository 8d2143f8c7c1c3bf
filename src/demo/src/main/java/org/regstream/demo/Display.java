package org.regstream.demo;

import static org.regstream.demo.topic.Records.header;
import static org.regstream.demo.topic.Records.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regstream.core.DecodeException;
import org.regstream.core.line.Network;
import org.regstream.service.publish.EventFactory;

/** Subscribes to labels and alerts as any display does, from now on. For one thread. */
final class Display implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, byte[]> consumer;
    private final String labelsTopic;

    /** Both topics exist already. */
    Display(String bootstrapServers, String labelsTopic, String alertsTopic) {
        this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false), new StringDeserializer(),
                new ByteArrayDeserializer());
        this.labelsTopic = labelsTopic;
        List<TopicPartition> partitions = Stream.of(labelsTopic, alertsTopic)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** @return what has come, at the latest after {@code patience}; empty if nothing has */
    List<DisplayEvent> poll(Duration patience) {
        List<DisplayEvent> events = new ArrayList<>();
        Iterable<ConsumerRecord<String, byte[]>> records = consumer.poll(patience);
        long now = System.nanoTime();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (!record.topic().equals(labelsTopic)) {
                events.add(alert(record.value(), now));
            } else if (!header(record, "ce_type").equals(EventFactory.NO_REGISTRATION_TYPE)) {
                events.add(labels(record, now));
            }
        }
        return events;
    }

    private static DisplayEvent labels(ConsumerRecord<String, byte[]> record, long now) {
        Network source = header(record, "ce_type").equals(EventFactory.ENSEMBLE_LABELS_TYPE)
                ? Network.ENSEMBLE
                : Network.STUDENT;
        return new DisplayEvent.Labels(header(record, "ce_id"), source, record.value(),
                Double.parseDouble(header(record, "ce_queuemillis")),
                Double.parseDouble(header(record, "ce_modelmillis")),
                Double.parseDouble(header(record, "ce_fieldmillis")), predictedDice(record), now);
    }

    private static Map<String, Double> predictedDice(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader("ce_predicteddice");
        if (header == null) {
            return Map.of();
        }
        try {
            return JSON.readValue(header.value(), new TypeReference<Map<String, Double>>() {
            });
        } catch (IOException e) {
            throw new DecodeException("ce_predicteddice must be a JSON object of numbers, got "
                    + new String(header.value(), StandardCharsets.UTF_8), e);
        }
    }

    private static DisplayEvent alert(byte[] value, long now) {
        JsonNode alert = json(value);
        return new DisplayEvent.Alert(alert.path("code").asText(), alert.path("phase").asText(),
                alert.path("structure").asText(), alert.path("sentence").asText(), now);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
