package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.wiring.WantedTopics;

/** Kafka in {@code k8s/}: topics, access rules, group and clients as the programs need them. */
class KubernetesKafkaTest {

    private static final RegstreamSettings DEFAULTS = CodeFacts.serviceSettings(Map.of());

    private final Manifests base;

    @TempDir
    Path folder;

    KubernetesKafkaTest() throws IOException {
        base = Manifests.base();
    }

    @Test
    void shouldMakeTheTopicsAsTheServiceWould() throws IOException {
        Map<String, NewTopic> wanted = WantedTopics.of(DEFAULTS);
        Map<String, KafkaTopic> made = base.of(KafkaTopic.class).stream()
                .collect(Collectors.toMap(t -> t.getMetadata().getName(), t -> t));

        assertThat(made.keySet()).isEqualTo(wanted.keySet());
        made.forEach((name, topic) -> {
            assertThat(text(topic.getSpec().getConfig())).as(name).containsAllEntriesOf(wanted.get(name).configs());
            assertThat(topic.getSpec().getReplicas()).as(name).isEqualTo(3);
        });
        for (String compacted : List.of(DEFAULTS.topics().procedures(), DEFAULTS.topics().alertStates())) {
            assertThat(made.get(compacted).getSpec().getPartitions()).as(compacted).isEqualTo(1);
        }
        assertThat(made.values()).filteredOn(t -> !t.getSpec().getConfig().containsKey("cleanup.policy"))
                .isNotEmpty().allMatch(t -> t.getSpec().getConfig().containsKey("retention.ms"));
    }

    @Test
    void shouldLetTheServiceDoWhatItDoesWithEachTopicAndNoMore() throws IOException {
        RegstreamSettings.Topics topics = DEFAULTS.topics();

        assertThat(rights("regstream-service")).isEqualTo(Map.of(
                topics.frames(), Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.deadLetter(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.procedures(),
                Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.DESCRIBECONFIGS),
                topics.labels(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.uncertainty(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.displacement(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.alerts(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.status(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.receipts(), Set.of(AclOperation.READ, AclOperation.DESCRIBE),
                topics.alertStates(),
                Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.DESCRIBECONFIGS)));
        assertThat(rights("regstream-gateway"))
                .isEqualTo(Map.of(topics.frames(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE)));
        Map<String, Set<AclOperation>> display = rights("regstream-display");
        assertThat(display.remove(topics.receipts())).isEqualTo(Set.of(AclOperation.WRITE, AclOperation.DESCRIBE));
        assertThat(display.keySet()).containsExactlyInAnyOrder(topics.labels(), topics.uncertainty(),
                topics.displacement(), topics.alerts(),
                topics.status());
        assertThat(display.values()).allMatch(r -> r.equals(Set.of(AclOperation.READ, AclOperation.DESCRIBE)));
    }

    @Test
    void shouldTakeNoObjectThatTheTopicRefuses() throws IOException {
        Container gateway = base.container("gateway");
        long topic = Long.parseLong(WantedTopics.of(DEFAULTS).get("dicom.frames").configs().get("max.message.bytes"));

        assertThat(Long.parseLong(Manifests.variables(gateway).get("REGSTREAM_GATEWAY_MAX_OBJECT")))
                .isEqualTo(topic - CodeFacts.GATEWAY_SLACK);
    }

    @Test
    void shouldNameEveryInstanceInTheConsumerGroup() throws IOException {
        Container service = base.container("service");

        assertThat(service.getArgs()).containsExactly("serve", "-D",
                "mp.messaging.incoming.frames.group.instance.id=$(POD_NAME)");
        assertThat(applicationProperties()).containsKey("mp.messaging.incoming.frames.session.timeout.ms");
    }

    @Test
    void shouldScaleOnTheLagOfTheGroupThatReadsTheFrames() throws IOException {
        KedaModels.ScaledObject scaled = base.of(KedaModels.ScaledObject.class).get(0);
        StatefulSet service = base.of(StatefulSet.class).get(0);
        KedaModels.KafkaLag lag = scaled.spec().triggers().get(0).metadata();

        assertThat(scaled.spec().scaleTargetRef().name()).isEqualTo(service.getMetadata().getName());
        assertThat(service.getSpec().getReplicas()).as("left to KEDA: applying the manifests must not scale").isNull();
        assertThat(scaled.spec().minReplicaCount()).as("one may fail").isGreaterThan(1);
        assertThat(lag.topic()).isEqualTo(DEFAULTS.topics().frames());
        assertThat(lag.consumerGroup()).isEqualTo(applicationProperties().get("mp.messaging.incoming.frames.group.id"));
        assertThat(lag.bootstrapServers()).startsWith(
                base.of(Kafka.class).get(0).getMetadata().getName() + "-kafka-bootstrap.");
    }

    @Test
    void shouldRunTheKafkaThatTheClientsAreBuiltFor() throws IOException {
        String version = base.of(Kafka.class).get(0).getSpec().getKafka().getVersion();

        assertThat(RepositoryFiles.text("pom.xml")).contains("<kafka.version>" + version + "</kafka.version>");
    }

    @Test
    void shouldGiveTheGatewaysKafkaClientsThePasswordFromItsFile() throws IOException {
        Files.writeString(folder.resolve("sasl.jaas.config"), "from the secret");
        Properties settings = RepositoryFiles.properties("k8s/base/gateway-kafka.properties");
        settings.replaceAll((k, v) -> v.toString().replace("/etc/kafka-user", folder.toString()));
        settings.put("bootstrap.servers", "localhost:9093");
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        settings.put("value.serializer", ByteArraySerializer.class.getName());

        ProducerConfig read = new ProducerConfig(settings);

        assertThat(read.getPassword("sasl.jaas.config").value()).isEqualTo("from the secret");
        assertThat(settings.stringPropertyNames()).isNotEmpty().allMatch(
                n -> n.startsWith("config.providers") || ProducerConfig.configNames().contains(n));
    }

    private static Map<String, String> text(Map<String, Object> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> String.valueOf(e.getValue())));
    }

    private Map<String, Set<AclOperation>> rights(String user) {
        KafkaUser named = base.of(KafkaUser.class).stream().filter(u -> u.getMetadata().getName().equals(user))
                .findFirst().orElseThrow();
        return ((KafkaUserAuthorizationSimple) named.getSpec().getAuthorization()).getAcls().stream()
                .filter(a -> a.getResource() instanceof AclRuleTopicResource)
                .collect(Collectors.toMap(a -> ((AclRuleTopicResource) a.getResource()).getName(),
                        a -> Set.copyOf(a.getOperations())));
    }

    private static Map<Object, Object> applicationProperties() throws IOException {
        return RepositoryFiles.properties("src/service/src/main/resources/application.properties");
    }
}
