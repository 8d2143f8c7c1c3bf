package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.service.config.RegstreamSettings;

/** OpenIGTLink in {@code k8s/}: not there, and with its component there for those who are let in. */
class KubernetesNavigationTest {

    private static final String COMPONENT = "k8s/components/navigation";
    private static final String ENABLED = "REGSTREAM_NAVIGATION_ENABLED";
    private static final String HOST = "REGSTREAM_NAVIGATION_HOST";

    private final Manifests component;

    @TempDir
    Path folder;

    KubernetesNavigationTest() throws IOException {
        component = Manifests.read(COMPONENT);
    }

    @Test
    void shouldBeOffWithoutTheComponent() throws IOException {
        assertThat(CodeFacts.serviceSettings(Map.of()).navigation().enabled()).isFalse();
        assertThat(Manifests.variables(Manifests.base().container("service")).keySet())
                .noneMatch(name -> name.startsWith("REGSTREAM_NAVIGATION"));
        for (String overlay : RepositoryFiles.below("k8s/overlays", "kustomization.yaml")) {
            assertThat(RepositoryFiles.text(overlay)).doesNotContain("components");
        }
    }

    @Test
    void shouldListenOnThePodsAddressAndTheProtocolsPort() {
        // given
        Container service = component.container("service");
        EnvVar host = service.getEnv().stream().filter(e -> e.getName().equals(HOST)).findFirst().orElseThrow();

        // when
        RegstreamSettings.Navigation settings = CodeFacts.serviceSettings(
                Map.of(ENABLED, Manifests.variables(service).get(ENABLED), HOST, "10.0.7.5")).navigation();

        // then
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.host()).isEqualTo("10.0.7.5");
        assertThat(host.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("status.podIP");
        assertThat(service.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("igtl");
            assertThat(port.getContainerPort()).isEqualTo(settings.port());
        });
    }

    /** A client sees the procedures of the instance it is connected to. */
    @Test
    void shouldGiveEachInstanceThereMayBeAnAddress() throws IOException {
        int most = Manifests.base().of(KedaModels.ScaledObject.class).get(0).spec().maxReplicaCount();
        int port = CodeFacts.serviceSettings(Map.of()).navigation().port();

        List<Service> services = component.of(Service.class);

        assertThat(services).extracting(s -> s.getSpec().getSelector()).containsExactlyElementsOf(
                IntStream.range(0, most).mapToObj(n -> Map.of("statefulset.kubernetes.io/pod-name", "regstream-" + n))
                        .toList());
        assertThat(services).allSatisfy(s -> {
            assertThat(s.getSpec().getPublishNotReadyAddresses()).as("alerts must get out").isTrue();
            assertThat(s.getSpec().getPorts()).singleElement().satisfies(p -> {
                assertThat(p.getPort()).isEqualTo(port);
                assertThat(p.getTargetPort()).isEqualTo(new IntOrString("igtl"));
            });
        });
    }

    @Test
    void shouldLetNobodyInWhoIsNotNamed() throws IOException {
        assertThat(component.of(NetworkPolicy.class)).singleElement().satisfies(policy -> {
            assertThat(policy.getSpec().getPodSelector()).isEqualTo(Manifests.base().of(NetworkPolicy.class).stream()
                    .filter(p -> p.getMetadata().getName().equals("regstream-service")).findFirst().orElseThrow()
                    .getSpec().getPodSelector());
            NetworkPolicyIngressRule rule = policy.getSpec().getIngress().get(0);
            assertThat(policy.getSpec().getIngress()).hasSize(1);
            assertThat(rule.getFrom()).singleElement()
                    .satisfies(from -> assertThat(from.getIpBlock().getCidr()).isEqualTo("192.0.2.0/24"));
            assertThat(rule.getPorts()).singleElement()
                    .satisfies(p -> assertThat(p.getPort()).isEqualTo(new IntOrString("igtl")));
        });
    }

    /** As a hospital's own overlay names it. */
    @Test
    void shouldAddToTheOverlayAndTakeNothingAway() throws Exception {
        // given
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("kustomization.yaml"), String.format("resources: [%s]%ncomponents: [%s]%n",
                from(own, "k8s/overlays/cpu"), from(own, COMPONENT)));

        // when
        Manifests rendered = Manifests.render(own.toString(), folder);

        // then
        SafeWorkloads.assertSafe(rendered);
        Container service = rendered.container("service");
        assertThat(Manifests.variables(service)).containsEntry(ENABLED, "true").containsKeys(HOST,
                "KAFKA_SASL_JAAS_CONFIG", "REGSTREAM_MODEL_THREADS");
        assertThat(service.getPorts()).extracting(p -> p.getName()).containsExactlyInAnyOrder("http", "igtl");
        assertThat(rendered.of(NetworkPolicy.class)).extracting(p -> p.getMetadata().getName())
                .containsExactlyInAnyOrder("regstream-service", "regstream-gateway", "regstream-navigation");
        assertThat(rendered.of(Service.class)).hasSize(7).allSatisfy(s -> assertThat(s.getMetadata().getNamespace())
                .isEqualTo("regstream"));
    }

    private static Path from(Path own, String place) throws IOException {
        return own.toRealPath().relativize(RepositoryFiles.path(place).toRealPath());
    }
}
