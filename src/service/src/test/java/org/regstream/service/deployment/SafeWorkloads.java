package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/** What every pod and container must have. */
final class SafeWorkloads {

    private SafeWorkloads() {}

    /** Fails unless service and gateway are there and neither can be root, write its image, or run unwatched. */
    static void assertSafe(Manifests manifests) {
        assertThat(manifests.containers()).extracting(Container::getName)
                .containsExactlyInAnyOrder("service", "gateway").allSatisfy(n -> assertSafe(manifests.container(n)));
        assertThat(manifests.pods()).allSatisfy(SafeWorkloads::assertSafe);
    }

    private static void assertSafe(PodTemplateSpec pod) {
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
    }

    private static void assertSafe(Container c) {
        assertThat(c.getImage()).as("image with a tag").matches(".+(:(?!latest)[^:/@]+|@sha256:[0-9a-f]{64})");
        assertThat(c.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(c.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(c.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(c.getVolumeMounts()).as("a writable temporary folder")
                .anyMatch(m -> m.getMountPath().equals("/tmp"));
        assertThat(Manifests.probes(c)).as("startup, liveness and readiness probe").hasSize(3).doesNotContainNull();
        assertThat(c.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(c.getResources().getLimits()).containsKey("memory");
    }
}
