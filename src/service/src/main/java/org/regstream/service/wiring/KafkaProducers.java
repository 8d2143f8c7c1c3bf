package org.regstream.service.wiring;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.regstream.service.alert.KafkaAlertStates;
import org.regstream.service.alert.Receipts;
import org.regstream.service.alert.ReceiptsReader;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.dicomweb.FramesTopic;
import org.regstream.service.dicomweb.KafkaFramesTopic;
import org.regstream.service.line.PipelineMetrics;
import org.regstream.service.procedure.CompactedTopicReader;
import org.regstream.service.procedure.CompactedTopicReader.From;
import org.regstream.service.procedure.CompactedTopicWriter;
import org.regstream.service.procedure.KafkaProcedureStore;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.SetAsideRecords;

/** The clients beside the channels: topics and procedures. All take the broker's address and security from kafka.*. */
final class KafkaProducers {

    /** A bundle of up to 8 MiB with its headers. */
    static final int MAX_REQUEST = 9 << 20;

    private static final int CHANGE_BLOCK_MILLIS = 10_000;
    /** A line waits for it. */
    private static final int STATE_BLOCK_MILLIS = 500;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    @Produces
    @Singleton
    KafkaProcedureStore store(@Identifier("default-kafka-broker") Map<String, Object> broker,
            RegstreamSettings settings, ProcedureDesk desk, SetAsideRecords aside) {
        RegstreamSettings.Topics topics = settings.topics();
        CompactedTopicReader reader = new CompactedTopicReader(consumer(broker), topics.procedures(), From.BEGINNING,
                desk::apply, aside);
        return new KafkaProcedureStore(() -> ensure(broker, topics), reader,
                new CompactedTopicWriter(producer(broker, CHANGE_BLOCK_MILLIS), topics.procedures()),
                settings.procedures());
    }

    @Produces
    @Singleton
    KafkaAlertStates alertStates(@Identifier("default-kafka-broker") Map<String, Object> broker,
            RegstreamSettings settings, RunId run, Clock clock, SetAsideRecords aside) {
        String topic = settings.topics().alertStates();
        return new KafkaAlertStates(run.id(),
                listener -> new CompactedTopicReader(consumer(broker), topic, From.BEGINNING, listener, aside),
                new CompactedTopicWriter(producer(broker, STATE_BLOCK_MILLIS), topic),
                settings.procedures().loadTimeout(), clock);
    }

    void close(@Disposes KafkaAlertStates states) {
        states.close();
    }

    @Produces
    @Singleton
    SetAsideRecords aside(PipelineMetrics metrics) {
        return new SetAsideRecords(metrics);
    }

    /** Not started. */
    @Produces
    @Singleton
    ReceiptsReader receipts(@Identifier("default-kafka-broker") Map<String, Object> broker, RegstreamSettings settings,
            ProcedureDesk desk, PipelineMetrics metrics, SetAsideRecords aside) {
        Receipts receipts = new Receipts(desk, metrics);
        CompactedTopicReader reader = new CompactedTopicReader(consumer(broker), settings.topics().receipts(), From.END,
                (key, json, writtenAt) -> receipts.apply(key, json), aside);
        return new ReceiptsReader(reader::start, () -> reader.failure().map(Throwable::toString), reader::close);
    }

    void close(@Disposes ReceiptsReader receipts) {
        receipts.close();
    }

    void close(@Disposes KafkaProcedureStore store) {
        store.close();
    }

    @Produces
    @Singleton
    FramesTopic framesTopic(@Identifier("default-kafka-broker") Map<String, Object> broker,
            RegstreamSettings settings) {
        return KafkaFramesTopic.open(broker, settings.topics().frames(),
                Math.toIntExact(settings.dicomweb().maxInstanceBytes().asLongValue()),
                settings.dicomweb().deliveryTimeout());
    }

    void close(@Disposes FramesTopic topic) {
        topic.close();
    }

    private static void ensure(Map<String, Object> broker, RegstreamSettings.Topics topics) {
        Admin admin = Admin.create(new HashMap<>(broker));
        try {
            new TopicSetup(admin, topics).ensure();
        } finally {
            // without a limit it would wait for a broker that does not answer
            admin.close(CLOSE_TIMEOUT);
        }
    }

    private static Consumer<String, byte[]> consumer(Map<String, Object> broker) {
        Map<String, Object> config = new HashMap<>(broker);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Producer<String, byte[]> producer(Map<String, Object> broker, int maxBlockMillis) {
        Map<String, Object> config = new HashMap<>(broker);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlockMillis);
        // else what it knows of the topic is dropped after 5 min without a broker, and from then on each record blocks its line
        config.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }
}
