package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No workload of {@code k8s/} runs as root, unwatched, open to strangers, or with a password in its manifest. */
class KubernetesSafetyTest {

    private static final String PART = "app.kubernetes.io/name";

    private final Manifests base;

    KubernetesSafetyTest() throws IOException {
        base = Manifests.base();
    }

    @Test
    void shouldRunNoContainerAsRootOrUnwatched() {
        SafeWorkloads.assertSafe(base);
    }

    @Test
    void shouldTakeSecretsByReferenceOnly() throws IOException {
        for (String file : RepositoryFiles.below("k8s", ".yaml")) {
            assertThat(RepositoryFiles.yaml(file)).as(file).noneMatch(d -> d.path("kind").asText().equals("Secret"));
        }
        List<EnvVar> secret = base.containers().stream().flatMap(c -> c.getEnv().stream())
                .filter(e -> e.getName().matches(".*(PASSWORD|JAAS).*")).toList();
        assertThat(secret).hasSize(3).allMatch(e -> e.getValueFrom().getSecretKeyRef() != null);
    }

    @Test
    void shouldGuardEveryWorkloadAgainstDisruptionAndStrangers() throws IOException {
        for (PodTemplateSpec pod : base.pods()) {
            Map<String, String> part = Map.of(PART, pod.getMetadata().getLabels().get(PART));
            assertThat(base.of(PodDisruptionBudget.class)).as("PodDisruptionBudget of %s", part)
                    .anyMatch(b -> b.getSpec().getSelector().getMatchLabels().equals(part));
            assertThat(base.of(NetworkPolicy.class)).as("NetworkPolicy of %s", part)
                    .anyMatch(p -> p.getSpec().getPodSelector().getMatchLabels().equals(part)
                            && p.getSpec().getPolicyTypes().containsAll(List.of("Ingress", "Egress")));
            assertThat(base.of(Service.class)).as("Service of %s", part)
                    .anyMatch(s -> s.getSpec().getSelector().equals(part));
        }
        assertThat(base.of(NetworkPolicy.class)).allMatch(p -> p.getSpec().getIngress().stream()
                .allMatch(r -> !r.getFrom().isEmpty() && !r.getPorts().isEmpty()));
    }
}
