package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.wiring.WantedTopics;

/** The manifests of {@code k8s/}: known to their models, safe to run, and of one mind with the code. */
class KubernetesManifestsTest {

    private static final String BASE = "k8s/base";
    private static final String PART = "app.kubernetes.io/name";
    private static final RegstreamSettings DEFAULTS = CodeFacts.serviceSettings(Map.of());

    @TempDir
    Path folder;

    static List<String> manifests() throws IOException {
        return RepositoryFiles.below("k8s", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void shouldHaveNoFieldThatItsModelDoesNotKnow(String file) throws IOException {
        List<JsonNode> documents = RepositoryFiles.yaml(file);

        assertThat(documents).isNotEmpty();
        for (JsonNode document : documents) {
            assertThat(ManifestReader.read(document)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a, misspelt: {}}]}}}}",
            "{apiVersion: kafka.strimzi.io/v1, kind: Kafka, spec: {kafka: {listeners: [{name: a, misspelt: 1}]}}}",
            "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, spec: {misspelt: 1}}",
            "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: {triggers: [{metadata: {misspelt: a}}]}}"})
    void shouldRefuseAMisspeltFieldHoweverDeepItLies(String manifest) {
        assertThatThrownBy(() -> ManifestReader.read(RepositoryFiles.yamlOf(manifest).get(0)))
                .isInstanceOf(UnrecognizedPropertyException.class).hasMessageContaining("misspelt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/base", "k8s/overlays/cpu", "k8s/overlays/gpu"})
    void shouldRenderToManifestsThatAreKnownAndSafe(String overlay) throws Exception {
        List<Object> rendered = render(overlay);

        assertThat(of(rendered, StatefulSet.class)).hasSize(1);
        assertSafe(rendered);
        assertNamespaced(rendered);
    }

    @Test
    void shouldRunTheCudaImageOnOneGpuEachAndNeverFallBack() throws Exception {
        StatefulSet service = of(render("k8s/overlays/gpu"), StatefulSet.class).get(0);
        Container container = service.getSpec().getTemplate().getSpec().getContainers().get(0);

        assertThat(container.getImage()).endsWith("-cuda");
        assertThat(container.getResources().getLimits()).containsEntry("nvidia.com/gpu", new Quantity("1"));
        assertThat(variables(container)).containsEntry("REGSTREAM_MODEL_PROVIDER", "cuda");
        assertThat(service.getSpec().getTemplate().getSpec().getNodeSelector()).isNotEmpty();
    }

    @Test
    void shouldBeSafeBeforeRenderingToo() throws IOException {
        assertSafe(base());
    }

    @Test
    void shouldAskOnlyForPathsAndPortsThatAreAnswered() throws IOException {
        Map<String, Set<String>> answered = Map.of("service", CodeFacts.SERVICE_PROBES, "gateway",
                CodeFacts.gatewayPaths());
        Map<String, Set<Integer>> ports = Map.of("service", Set.of(CodeFacts.SERVICE_PORT), "gateway",
                Set.of(CodeFacts.gatewayDefault("PORT"), CodeFacts.gatewayDefault("HTTP_PORT")));

        for (PodTemplateSpec pod : pods(base())) {
            for (Container c : pod.getSpec().getContainers()) {
                assertThat(probes(c)).extracting(p -> p.getHttpGet().getPath()).isSubsetOf(answered.get(c.getName()));
                assertThat(c.getPorts()).extracting(ContainerPort::getContainerPort)
                        .containsExactlyInAnyOrderElementsOf(ports.get(c.getName()));
                Map<String, String> scrape = pod.getMetadata().getAnnotations();
                assertThat(Integer.parseInt(scrape.get("prometheus.io/port"))).isIn(ports.get(c.getName()));
                assertThat(scrape.get("prometheus.io/path"))
                        .isEqualTo(c.getName().equals("service") ? CodeFacts.SERVICE_METRICS : "/metrics");
            }
        }
        assertThat(CodeFacts.gatewayPaths()).contains("/metrics", "/health/ready");
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void shouldSetOnlyVariablesThatAreRead(String file) throws IOException {
        Set<String> known = Stream.of(CodeFacts.serviceVariables(), CodeFacts.gatewayVariables())
                .flatMap(Set::stream).collect(Collectors.toSet());

        for (JsonNode document : RepositoryFiles.yaml(file)) {
            for (String name : document.findValues("env").stream().flatMap(e -> e.findValuesAsText("name").stream())
                    .filter(n -> n.equals(n.toUpperCase()) && !n.equals("POD_NAME")).toList()) {
                assertThat(known.contains(name) || CodeFacts.isKafkaVariable(name)).as(name).isTrue();
            }
        }
    }

    @Test
    void shouldTakeSecretsByReferenceOnly() throws IOException {
        for (String file : manifests()) {
            assertThat(RepositoryFiles.yaml(file)).as(file).noneMatch(d -> d.path("kind").asText().equals("Secret"));
        }
        for (PodTemplateSpec pod : pods(base())) {
            List<EnvVar> secret = pod.getSpec().getContainers().stream().flatMap(c -> c.getEnv().stream())
                    .filter(e -> e.getName().matches(".*(PASSWORD|JAAS).*")).toList();
            assertThat(secret).isNotEmpty().allMatch(e -> e.getValueFrom().getSecretKeyRef() != null);
        }
    }

    @Test
    void shouldNameEveryInstanceInTheConsumerGroup() throws IOException {
        Container service = of(base(), StatefulSet.class).get(0).getSpec().getTemplate().getSpec().getContainers()
                .get(0);

        assertThat(service.getArgs()).containsExactly("serve", "-D",
                "mp.messaging.incoming.frames.group.instance.id=$(POD_NAME)");
        assertThat(applicationProperties()).containsKey("mp.messaging.incoming.frames.session.timeout.ms");
    }

    @Test
    void shouldMakeTheTopicsAsTheServiceWould() throws IOException {
        Map<String, NewTopic> wanted = WantedTopics.of(DEFAULTS);
        Map<String, KafkaTopic> made = of(base(), KafkaTopic.class).stream()
                .collect(Collectors.toMap(t -> t.getMetadata().getName(), t -> t));

        assertThat(made.keySet()).isEqualTo(wanted.keySet());
        made.forEach((name, topic) -> {
            assertThat(text(topic.getSpec().getConfig())).as(name).containsAllEntriesOf(wanted.get(name).configs());
            assertThat(topic.getSpec().getReplicas()).as(name).isEqualTo(3);
        });
        assertThat(made.get(DEFAULTS.topics().procedures()).getSpec().getPartitions()).isEqualTo(1);
        assertThat(made.values()).filteredOn(t -> !t.getSpec().getConfig().containsKey("cleanup.policy"))
                .allMatch(t -> t.getSpec().getConfig().containsKey("retention.ms"));
    }

    @Test
    void shouldLetTheServiceDoWhatItDoesWithEachTopicAndNoMore() throws IOException {
        RegstreamSettings.Topics topics = DEFAULTS.topics();

        assertThat(rights("regstream-service")).isEqualTo(Map.of(
                topics.frames(), Set.of(AclOperation.READ, AclOperation.DESCRIBE),
                topics.deadLetter(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.procedures(),
                Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.DESCRIBECONFIGS),
                topics.labels(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.uncertainty(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE),
                topics.alerts(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE)));
        assertThat(rights("regstream-gateway"))
                .isEqualTo(Map.of(topics.frames(), Set.of(AclOperation.WRITE, AclOperation.DESCRIBE)));
        assertThat(rights("regstream-display").values())
                .allMatch(r -> r.equals(Set.of(AclOperation.READ, AclOperation.DESCRIBE)));
    }

    @Test
    void shouldTakeNoObjectThatTheTopicRefuses() throws IOException {
        Container gateway = of(base(), Deployment.class).get(0).getSpec().getTemplate().getSpec().getContainers()
                .get(0);
        long topic = Long.parseLong(WantedTopics.of(DEFAULTS).get("dicom.frames").configs().get("max.message.bytes"));

        assertThat(Long.parseLong(variables(gateway).get("REGSTREAM_GATEWAY_MAX_OBJECT")))
                .isEqualTo(topic - CodeFacts.GATEWAY_SLACK);
    }

    @Test
    void shouldScaleOnTheLagOfTheGroupThatReadsTheFrames() throws IOException {
        KedaModels.ScaledObject scaled = of(base(), KedaModels.ScaledObject.class).get(0);
        StatefulSet service = of(base(), StatefulSet.class).get(0);
        KedaModels.KafkaLag lag = scaled.spec().triggers().get(0).metadata();

        assertThat(scaled.spec().scaleTargetRef().name()).isEqualTo(service.getMetadata().getName());
        assertThat(scaled.spec().minReplicaCount()).isEqualTo(service.getSpec().getReplicas());
        assertThat(lag.topic()).isEqualTo(DEFAULTS.topics().frames());
        assertThat(lag.consumerGroup()).isEqualTo(applicationProperties().get("mp.messaging.incoming.frames.group.id"));
        assertThat(lag.bootstrapServers()).startsWith(
                of(base(), Kafka.class).get(0).getMetadata().getName() + "-kafka-bootstrap.");
    }

    @Test
    void shouldRunTheKafkaThatTheClientsAreBuiltFor() throws IOException {
        String version = of(base(), Kafka.class).get(0).getSpec().getKafka().getVersion();

        assertThat(RepositoryFiles.text("pom.xml")).contains("<kafka.version>" + version + "</kafka.version>");
    }

    @Test
    void shouldGuardEveryWorkloadAgainstDisruptionAndStrangers() throws IOException {
        for (PodTemplateSpec pod : pods(base())) {
            Map<String, String> part = Map.of(PART, pod.getMetadata().getLabels().get(PART));
            assertThat(of(base(), PodDisruptionBudget.class)).as("PodDisruptionBudget of %s", part)
                    .anyMatch(b -> b.getSpec().getSelector().getMatchLabels().equals(part));
            assertThat(of(base(), NetworkPolicy.class)).as("NetworkPolicy of %s", part)
                    .anyMatch(p -> p.getSpec().getPodSelector().getMatchLabels().equals(part)
                            && p.getSpec().getPolicyTypes().containsAll(List.of("Ingress", "Egress")));
            assertThat(of(base(), Service.class)).as("Service of %s", part)
                    .anyMatch(s -> s.getSpec().getSelector().equals(part));
        }
        assertThat(of(base(), NetworkPolicy.class)).allMatch(p -> p.getSpec().getIngress().stream()
                .allMatch(r -> !r.getFrom().isEmpty() && !r.getPorts().isEmpty()));
    }

    @Test
    void shouldGiveTheGatewaysKafkaClientsThePasswordFromItsFile() throws IOException {
        Files.writeString(folder.resolve("sasl.jaas.config"), "from the secret");
        Properties settings = new Properties();
        settings.load(Files.newBufferedReader(RepositoryFiles.path("k8s/base/gateway-kafka.properties")));
        settings.replaceAll((k, v) -> v.toString().replace("/etc/kafka-user", folder.toString()));
        settings.put("bootstrap.servers", "localhost:9093");
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        settings.put("value.serializer", ByteArraySerializer.class.getName());

        ProducerConfig read = new ProducerConfig(settings);

        assertThat(read.getPassword("sasl.jaas.config").value()).isEqualTo("from the secret");
        assertThat(settings.stringPropertyNames()).allMatch(
                n -> n.startsWith("config.providers") || ProducerConfig.configNames().contains(n));
    }

    private static void assertSafe(List<Object> manifests) {
        List<PodTemplateSpec> pods = pods(manifests);
        assertThat(pods).hasSize(2);
        for (PodTemplateSpec pod : pods) {
            assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
            assertThat(pod.getSpec().getContainers()).isNotEmpty().allSatisfy(KubernetesManifestsTest::assertSafe);
        }
    }

    private static void assertSafe(Container c) {
        assertThat(c.getImage()).as("image with a tag").matches(".+(:(?!latest)[^:/@]+|@sha256:[0-9a-f]{64})");
        assertThat(c.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(c.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(c.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(c.getVolumeMounts()).as("a writable temporary folder")
                .anyMatch(m -> m.getMountPath().equals("/tmp"));
        assertThat(probes(c)).as("startup, liveness and readiness probe").hasSize(3).doesNotContainNull();
        assertThat(c.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(c.getResources().getLimits()).containsKey("memory");
    }

    private static void assertNamespaced(List<Object> rendered) {
        for (HasMetadata manifest : of(rendered, HasMetadata.class)) {
            assertThat(manifest.getMetadata().getLabels()).as("%s", manifest.getMetadata().getName())
                    .containsEntry("app.kubernetes.io/part-of", "regstream");
            if (!manifest.getKind().equals("Namespace")) {
                assertThat(manifest.getMetadata().getNamespace()).isEqualTo("regstream");
            }
        }
    }

    private static List<Object> base() throws IOException {
        List<Object> all = new ArrayList<>();
        for (String file : RepositoryFiles.below(BASE, ".yaml")) {
            for (JsonNode document : RepositoryFiles.yaml(file)) {
                all.add(ManifestReader.read(document));
            }
        }
        return all;
    }

    private List<Object> render(String overlay) throws Exception {
        Path output = folder.resolve("rendered.yaml");
        Path errors = folder.resolve("errors.txt");
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", RepositoryFiles.path(overlay).toString())
                    .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: kubectl is not installed");
            return List.of();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        List<Object> all = new ArrayList<>();
        for (JsonNode document : RepositoryFiles.yamlOf(Files.readString(output, StandardCharsets.UTF_8))) {
            all.add(ManifestReader.read(document));
        }
        return all;
    }

    private static List<PodTemplateSpec> pods(List<Object> manifests) {
        return Stream.concat(of(manifests, StatefulSet.class).stream().map(s -> s.getSpec().getTemplate()),
                of(manifests, Deployment.class).stream().map(d -> d.getSpec().getTemplate())).toList();
    }

    private static <T> List<T> of(List<Object> manifests, Class<T> kind) {
        return manifests.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<Probe> probes(Container c) {
        List<Probe> probes = new ArrayList<>();
        probes.add(c.getStartupProbe());
        probes.add(c.getLivenessProbe());
        probes.add(c.getReadinessProbe());
        return probes;
    }

    private static Map<String, String> variables(Container c) {
        Map<String, String> values = new HashMap<>();
        c.getEnv().forEach(e -> values.put(e.getName(), e.getValue()));
        return values;
    }

    private static Map<String, String> text(Map<String, Object> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> String.valueOf(e.getValue())));
    }

    private static Map<String, Set<AclOperation>> rights(String user) throws IOException {
        KafkaUser named = of(base(), KafkaUser.class).stream().filter(u -> u.getMetadata().getName().equals(user))
                .findFirst().orElseThrow();
        return ((KafkaUserAuthorizationSimple) named.getSpec().getAuthorization()).getAcls().stream()
                .filter(a -> a.getResource() instanceof AclRuleTopicResource)
                .collect(Collectors.toMap(a -> ((AclRuleTopicResource) a.getResource()).getName(),
                        a -> Set.copyOf(a.getOperations())));
    }

    private static Map<Object, Object> applicationProperties() throws IOException {
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(
                RepositoryFiles.path("src/service/src/main/resources/application.properties")));
        return properties;
    }
}
