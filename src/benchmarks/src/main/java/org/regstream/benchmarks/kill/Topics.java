package org.regstream.benchmarks.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regstream.core.RegstreamException;
import org.regstream.core.Sha256;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;

/** Reads from the beginning all that the service has ever published. For one thread. */
final class Topics implements AutoCloseable {

    private static final String DEAD_LETTERS = "dicom.frames.dead-letter";
    private static final String ALERTS = "display.alerts";
    private static final List<String> OUT = List.of("display.labels", "display.uncertainty", "display.displacement",
            ALERTS, DEAD_LETTERS);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FrameReader DICOM = FrameReader.withDefaults();

    private final KafkaConsumer<String, byte[]> consumer;
    private final Records records = new Records();

    /** All topics exist already. */
    Topics(String bootstrap) {
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrap), new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = OUT.stream().flatMap(topic -> consumer.partitionsFor(topic, LIMIT).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on to where the topics end now. @return all that was read so far */
    Records read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), LIMIT);
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), LIMIT) < end.getValue())) {
            int before = size();
            consumer.poll(POLL).forEach(this::keep);
            limit = size() > before ? System.nanoTime() + LIMIT.toNanos() : limit;
            if (System.nanoTime() - limit > 0) {
                throw new RegstreamException("the topics were not read to their end, nothing came for " + LIMIT);
            }
        }
        return records;
    }

    private int size() {
        return records.published().size() + records.alerts().size() + records.refused().size();
    }

    private void keep(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(DEAD_LETTERS)) {
            records.refused().add(refused(record));
        } else if (record.topic().equals(ALERTS)) {
            records.alerts().add(alert(record));
        } else {
            records.published().add(new Published(record.key(), header(record, "ce_type"), header(record, "ce_id"),
                    header(record, "ce_runid"), Long.parseLong(header(record, "ce_sequence")),
                    header(record, "ce_volumeid"), Instant.parse(header(record, "ce_acquired")),
                    header(record, "ce_quantity"), record.value().length == 0 ? "" : Sha256.hex(record.value())));
        }
    }

    private static Records.Refused refused(ConsumerRecord<String, byte[]> record) {
        return new Records.Refused(record.key(),
                Integer.parseInt(DICOM.readObject(record.value()).string(Tag.ACQUISITION_NUMBER)),
                header(record, "dead-letter-reason"));
    }

    private static AlertSeen alert(ConsumerRecord<String, byte[]> record) {
        try {
            JsonNode a = JSON.readTree(record.value());
            return new AlertSeen(record.key(), header(record, "ce_runid"), a.path("alertId").asText(),
                    a.path("epoch").asLong(), a.path("sequence").asLong(), a.path("code").asText(),
                    a.path("structure").asText(), a.path("phase").asText(), a.path("state").asText(),
                    a.path("volumeId").asText(), Instant.parse(a.path("at").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException("an alert is not JSON", e);
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(LIMIT));
    }
}
