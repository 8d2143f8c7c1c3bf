package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.service.access.AccessMode;

/** The manifests of {@code k8s/} are known to their models, render, and agree with what the programs read and answer. */
class KubernetesManifestsTest {

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
    void shouldRenderIntoOneNamespaceAndSafe(String overlay) throws Exception {
        Manifests rendered = Manifests.render(overlay, folder);

        SafeWorkloads.assertSafe(rendered);
        assertThat(rendered.of(StatefulSet.class)).hasSize(1);
        for (HasMetadata manifest : rendered.of(HasMetadata.class)) {
            assertThat(manifest.getMetadata().getLabels()).as("%s", manifest.getMetadata().getName())
                    .containsEntry("app.kubernetes.io/part-of", "regstream");
            assertThat(manifest.getKind().equals("Namespace")
                    || "regstream".equals(manifest.getMetadata().getNamespace())).isTrue();
        }
    }

    @Test
    void shouldRunTheCudaImageOnOneGpuEachAndNeverFallBack() throws Exception {
        Manifests rendered = Manifests.render("k8s/overlays/gpu", folder);
        Container service = rendered.container("service");

        assertThat(service.getImage()).endsWith("-cuda");
        assertThat(service.getResources().getLimits()).containsEntry("nvidia.com/gpu", new Quantity("1"));
        assertThat(Manifests.variables(service)).containsEntry("REGSTREAM_MODEL_PROVIDER", "cuda");
        assertThat(rendered.of(StatefulSet.class).get(0).getSpec().getTemplate().getSpec().getNodeSelector())
                .isNotEmpty();
    }

    @Test
    void shouldAskOnlyForPathsAndPortsThatAreAnswered() throws IOException {
        Map<String, Set<String>> answered = Map.of("service", CodeFacts.SERVICE_PROBES, "gateway",
                CodeFacts.gatewayPaths());
        Map<String, Set<Integer>> ports = Map.of("service", Set.of(CodeFacts.SERVICE_PORT), "gateway",
                Set.of(CodeFacts.gatewayDefault("PORT"), CodeFacts.gatewayDefault("HTTP_PORT")));

        for (Container c : Manifests.base().containers()) {
            assertThat(Manifests.probes(c)).extracting(p -> p.getHttpGet().getPath())
                    .isSubsetOf(answered.get(c.getName()));
            assertThat(c.getPorts()).extracting(ContainerPort::getContainerPort)
                    .containsExactlyInAnyOrderElementsOf(ports.get(c.getName()));
        }
        assertThat(CodeFacts.gatewayPaths()).contains("/metrics", "/health/ready");
    }

    /** A Secret, as a folder: what changes in it is seen. */
    @Test
    void shouldAskEverybodyWhoTheyAre() throws IOException {
        Container service = Manifests.base().pods().stream().flatMap(p -> p.getSpec().getContainers().stream())
                .filter(c -> c.getName().equals("service")).findFirst().orElseThrow();
        Map<String, String> variables = service.getEnv().stream().filter(e -> e.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));

        assertThat(CodeFacts.accessMode(variables)).isEqualTo(AccessMode.IDENTITY);
        assertThat(service.getVolumeMounts()).anySatisfy(mount -> {
            assertThat(variables.get("REGSTREAM_ACCESS_USERS")).startsWith(mount.getMountPath() + "/");
            assertThat(mount.getSubPath()).isNull();
        });
    }

    @Test
    void shouldTellPrometheusWhereTheMetricsAre() throws IOException {
        Map<String, String> places = Manifests.base().pods().stream().collect(Collectors.toMap(
                p -> p.getSpec().getContainers().get(0).getName(), KubernetesManifestsTest::metrics));

        assertThat(places).isEqualTo(Map.of("service", CodeFacts.SERVICE_PORT + CodeFacts.SERVICE_METRICS, "gateway",
                CodeFacts.gatewayDefault("HTTP_PORT") + "/metrics"));
    }

    private static String metrics(PodTemplateSpec pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations.get("prometheus.io/port") + annotations.get("prometheus.io/path");
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
}
