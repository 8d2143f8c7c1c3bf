package org.regstream.demo;

import static org.regstream.demo.topic.Records.header;
import static org.regstream.demo.topic.Records.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regstream.core.RegstreamException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.service.publish.EventFactory;

/**
 * Follows instances through the service, from now on, by what everybody may read: the labels it publishes, which name their instances, the
 * dead-letter topic, and how far its consumer group has come on the topic of frames. For one thread.
 */
final class Follower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final long ANSWER_SECONDS = 10;
    private static final int MOST_SAID = 20;

    /** @param frames topic of the instances; @param group that the service consumes it as */
    record Topics(String frames, String labels, String alerts, String group) {

        String deadLetter() {
            return frames + ".dead-letter";
        }

        private List<String> read() {
            return List.of(labels, alerts, deadLetter());
        }
    }

    private final Topics topics;
    private final Admin admin;
    private final KafkaConsumer<String, byte[]> consumer;
    private final FrameReader reader = FrameReader.withDefaults();
    /** Of labels, also of instances that others sent. */
    private final Map<String, String> volumes = new HashMap<>();
    private final Map<TopicPartition, Map<Long, String>> reasons = new HashMap<>();
    private final Set<String> said = new LinkedHashSet<>();

    /** @throws RegstreamException if the broker does not answer, or no service has made its topics yet */
    Follower(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private List<TopicPartition> partitions() {
        Set<String> missing = new LinkedHashSet<>(topics.read());
        missing.removeAll(answer(admin.listTopics().names()));
        if (!missing.isEmpty()) {
            throw new RegstreamException("cannot wait: the broker has no topic " + String.join(", ", missing)
                    + "; start the service first (./regstream serve makes them)");
        }
        return topics.read().stream().flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    }

    /** Returns as soon as the service is done with all of them. @param limit longest wait */
    Fates follow(Collection<Whereabouts> sent, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            Map<Integer, Long> committed = committed();
            read();
            if (sent.stream().allMatch(w -> w.isSettled(committed))) {
                readToTheEnd();
                return fates(sent, committed);
            }
        }
        return fates(sent, committed());
    }

    /** What the service has settled it has published before. */
    private void readToTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (System.nanoTime() < end && ends.entrySet().stream()
                .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            read();
        }
    }

    private void read() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            if (record.topic().equals(topics.deadLetter())) {
                reasons.computeIfAbsent(origin(record), p -> new HashMap<>())
                        .put(Long.parseLong(header(record, "dead-letter-offset")),
                                header(record, "dead-letter-reason"));
            } else if (record.topic().equals(topics.alerts())) {
                onAlert(record.value());
            } else if (header(record, "ce_type").equals(EventFactory.NO_REGISTRATION_TYPE)) {
                say(json(record.value()), "reason");
            } else if (record.value() == null) {
                say("labels of volume " + header(record, "ce_volumeid")
                        + " went out by reference, and do not say here of which instances they are");
            } else {
                onLabels(header(record, "ce_volumeid"), reader.readObject(record.value()));
            }
        }
    }

    /** What is refused or rejected is told beside the labels, what is dropped for something newer by an alert alone. */
    private void onAlert(byte[] value) {
        JsonNode alert = json(value);
        if (alert.path("code").asText().equals("SUPERSEDED") && !alert.path("state").asText().equals("INACTIVE")) {
            say(alert, "sentence");
        }
    }

    private void onLabels(String volume, DicomObject segmentation) {
        segmentation.sequence(Tag.REFERENCED_SERIES_SEQUENCE).stream()
                .flatMap(series -> series.sequence(Tag.REFERENCED_INSTANCE_SEQUENCE).stream())
                .forEach(instance -> volumes.put(instance.string(Tag.REFERENCED_SOP_INSTANCE_UID), volume));
    }

    private void say(JsonNode event, String field) {
        say(event.path("code").asText() + ": " + event.path(field).asText());
    }

    private void say(String sentence) {
        if (said.size() < MOST_SAID) {
            said.add(sentence);
        }
    }

    private Fates fates(Collection<Whereabouts> sent, Map<Integer, Long> committed) {
        Map<String, Integer> registered = new HashMap<>();
        Map<String, Integer> setAside = new HashMap<>();
        int settled = 0;
        int waiting = 0;
        for (Whereabouts instance : sent) {
            String volume = volumes.get(instance.instanceUid());
            String reason = reasons.getOrDefault(new TopicPartition(topics.frames(), instance.partition()), Map.of())
                    .get(instance.offset());
            if (reason != null) {
                setAside.merge(reason, 1, Integer::sum);
            } else if (volume != null) {
                registered.merge(volume, 1, Integer::sum);
            } else if (instance.isSettled(committed)) {
                settled++;
            } else {
                waiting++;
            }
        }
        return new Fates(registered, setAside, settled, waiting, List.copyOf(said));
    }

    /** Where the service has come to. */
    private Map<Integer, Long> committed() {
        Map<Integer, Long> offsets = new HashMap<>();
        answer(admin.listConsumerGroupOffsets(topics.group()).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(topics.frames()) && offset != null) {
                        offsets.put(partition.partition(), offset.offset());
                    }
                });
        return offsets;
    }

    private static <R> R answer(KafkaFuture<R> asked) {
        try {
            return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new RegstreamException("the broker does not say how far the service has come: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegstreamException("interrupted while waiting for the service", e);
        }
    }

    private static TopicPartition origin(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(header(record, "dead-letter-topic"),
                Integer.parseInt(header(record, "dead-letter-partition")));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        admin.close(CLOSE_TIMEOUT);
    }
}
