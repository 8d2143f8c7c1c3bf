package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The objects of {@code k8s/}, as written or as rendered. */
record Manifests(List<Object> all) {

    /** @return what the base's files hold */
    static Manifests base() throws IOException {
        return read("k8s/base");
    }

    /** @return what the files of a folder hold, patches as they are */
    static Manifests read(String folder) throws IOException {
        List<Object> all = new ArrayList<>();
        for (String file : RepositoryFiles.below(folder, ".yaml")) {
            all.addAll(parse(RepositoryFiles.yaml(file)));
        }
        return new Manifests(all);
    }

    /** @param overlay a folder, from the repository's root if it is not absolute
     *  @return what {@code kubectl kustomize} makes of it; skips the calling test where there is no kubectl */
    static Manifests render(String overlay, Path folder) throws Exception {
        Path output = folder.resolve("rendered.yaml");
        Path errors = folder.resolve("errors.txt");
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", RepositoryFiles.path(overlay).toString())
                    .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: kubectl is not installed");
            return new Manifests(List.of());
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return new Manifests(parse(RepositoryFiles.yamlOf(Files.readString(output, StandardCharsets.UTF_8))));
    }

    private static List<Object> parse(List<JsonNode> documents) throws IOException {
        List<Object> objects = new ArrayList<>();
        for (JsonNode document : documents) {
            objects.add(ManifestReader.read(document));
        }
        return objects;
    }

    <T> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** @return of StatefulSets and Deployments */
    List<PodTemplateSpec> pods() {
        return Stream.concat(of(StatefulSet.class).stream().map(s -> s.getSpec().getTemplate()),
                of(Deployment.class).stream().map(d -> d.getSpec().getTemplate())).toList();
    }

    List<Container> containers() {
        return pods().stream().flatMap(p -> p.getSpec().getContainers().stream()).toList();
    }

    Container container(String name) {
        return containers().stream().filter(c -> c.getName().equals(name)).findFirst().orElseThrow();
    }

    /** @return startup, liveness and readiness probe; null where one is missing */
    static List<Probe> probes(Container c) {
        List<Probe> probes = new ArrayList<>();
        probes.add(c.getStartupProbe());
        probes.add(c.getLivenessProbe());
        probes.add(c.getReadinessProbe());
        return probes;
    }

    /** @return value by name; null for one that comes from elsewhere */
    static Map<String, String> variables(Container c) {
        Map<String, String> values = new HashMap<>();
        c.getEnv().forEach(e -> values.put(e.getName(), e.getValue()));
        return values;
    }
}
