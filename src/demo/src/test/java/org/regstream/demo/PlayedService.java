package org.regstream.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.write.DicomWriter;

/** Plays the service's part on its topics: takes 24 frames at a time, does what it was told, then commits them. */
final class PlayedService implements AutoCloseable {

    private static final int FRAMES = 24;

    private final KafkaProducer<String, byte[]> producer;
    private final BlockingQueue<Consumer<List<ConsumerRecord<String, byte[]>>>> parts = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean isOver;

    PlayedService(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Stream.of("dicom.frames", "dicom.frames.dead-letter", "display.labels", "display.alerts")
                    .map(name -> new NewTopic(name, 1, (short) 1)).toList()).all().get();
        }
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(),
                new ByteArraySerializer());
        thread = new Thread(() -> serve(bootstrapServers));
        thread.start();
    }

    private void serve(String bootstrapServers) {
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers, "group.id", "regstream",
                "auto.offset.reset", "earliest", "enable.auto.commit", false), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("dicom.frames"));
            List<ConsumerRecord<String, byte[]>> held = new ArrayList<>();
            while (!isOver) {
                consumer.poll(Duration.ofMillis(100)).forEach(held::add);
                if (held.size() >= FRAMES && !parts.isEmpty()) {
                    parts.poll().accept(List.copyOf(held));
                    producer.flush();
                    consumer.commitSync();
                    held.clear();
                }
            }
        }
    }

    /** @param part done with the next frames, before they are committed */
    void next(Consumer<List<ConsumerRecord<String, byte[]>>> part) {
        parts.add(part);
    }

    void publish(String volume, List<String> instances) {
        List<DicomObject> items = instances.stream().map(uid -> DicomObject.builder()
                .text(Tag.REFERENCED_SOP_CLASS_UID, "1.2").text(Tag.REFERENCED_SOP_INSTANCE_UID, uid).build()).toList();
        send("display.labels", DicomWriter.write(DicomObject.builder().text(Tag.SOP_CLASS_UID, "1.2")
                .text(Tag.SOP_INSTANCE_UID, "1.3").item(Tag.REFERENCED_SERIES_SEQUENCE, DicomObject.builder()
                        .text(Tag.SERIES_INSTANCE_UID, "1.4").items(Tag.REFERENCED_INSTANCE_SEQUENCE, items).build())
                .build()), Map.of("ce_type", "org.regstream.labels.student.v1", "ce_volumeid", volume));
    }

    void publishByReference(String volume) {
        send("display.labels", null, Map.of("ce_type", "org.regstream.labels.student.v1", "ce_volumeid", volume,
                "ce_dataref", "/dicomweb/studies/1"));
    }

    void refuse(String code, String reason) {
        send("display.labels", ("{\"code\": \"" + code + "\", \"reason\": \"" + reason + "\"}").getBytes(
                StandardCharsets.UTF_8), Map.of("ce_type", "org.regstream.noregistration.v1"));
    }

    void setAside(ConsumerRecord<String, byte[]> frame, String reason) {
        send("dicom.frames.dead-letter", frame.value(), Map.of("dead-letter-topic", frame.topic(),
                "dead-letter-partition", String.valueOf(frame.partition()), "dead-letter-offset",
                String.valueOf(frame.offset()), "dead-letter-reason", reason));
    }

    private void send(String topic, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, "p", value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
