package org.regstream.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EmbeddedBrokerTest {

    private static final String TOPIC = "frames";

    @Test
    void shouldKeepRecordsAcrossRestartOnTheSameFolder(@TempDir Path folder) throws Exception {
        // given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0, EmbeddedBroker.DEFAULT_TIMEOUT)) {
            send(broker, "series", new byte[]{1, 2, 3});
        }

        // when
        List<ConsumerRecord<String, byte[]>> records;
        try (EmbeddedBroker again = EmbeddedBroker.start(folder, 0, EmbeddedBroker.DEFAULT_TIMEOUT)) {
            records = receive(again, 1);
        }

        // then
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("series");
            assertThat(record.value()).containsExactly(1, 2, 3);
        });
        assertThat(folder).isDirectoryContaining("glob:**/frames-0");
    }

    @Test
    void shouldCarryRecordOfEightMebibytes() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            byte[] large = new byte[8 << 20];
            large[large.length - 1] = 7;

            send(broker, "series", large);

            assertThat(receive(broker, 1)).singleElement()
                    .satisfies(record -> assertThat(record.value()).isEqualTo(large));
        }
    }

    @Test
    void shouldDeleteTemporaryFolderAndFreePortWhenStopped() throws Exception {
        // given
        EmbeddedBroker broker = EmbeddedBroker.start();
        Path folder = broker.folder();
        int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);

        // when
        broker.stop();
        broker.stop();

        // then
        assertThat(folder).doesNotExist();
        try (ServerSocket reuse = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(reuse.isBound()).isTrue();
        }
    }

    @Test
    void shouldRefusePortInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(
                    () -> EmbeddedBroker.start(null, other.getLocalPort(), EmbeddedBroker.DEFAULT_TIMEOUT))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void shouldRefuseFolderThatIsAFile(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedBroker.start(file, 0, EmbeddedBroker.DEFAULT_TIMEOUT))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldGiveUpAfterTimeout() {
        assertThatThrownBy(() -> EmbeddedBroker.start(null, 0, Duration.ofMillis(1)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("did not start within 1 ms");
    }

    private static void send(EmbeddedBroker broker, String key, byte[] value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all",
                "max.request.size", 16 << 20);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, key, value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<ConsumerRecord<String, byte[]>> receive(EmbeddedBroker broker, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "reader",
                "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (records.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
