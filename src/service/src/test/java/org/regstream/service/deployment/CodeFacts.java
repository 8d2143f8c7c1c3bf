package org.regstream.service.deployment;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.regstream.service.access.AccessMode;
import org.regstream.service.config.RegstreamSettings;

/** What the code reads, answers and listens on; manifests must agree. */
final class CodeFacts {

    static final int SERVICE_PORT = 8080;
    static final Set<String> SERVICE_PROBES = Set.of("/q/health/started", "/q/health/live", "/q/health/ready");
    static final String SERVICE_METRICS = "/q/metrics";
    /** Left free of the largest message for keys, headers and the batch, as the gateway's own help says. */
    static final int GATEWAY_SLACK = 64 << 10;

    private static final String GATEWAY = "src/gateway/src/main/java/org/regstream/gateway/";
    private static final Set<String> NOT_KAFKA = Set.of("KAFKA_BOOTSTRAP_SERVERS");

    private CodeFacts() {}

    /** @return names of all settings of the service as environment variables */
    static Set<String> serviceVariables() {
        return Stream.concat(Stream.of("quarkus.http.host"), settings("regstream", RegstreamSettings.class))
                .map(n -> StringUtil.replaceNonAlphanumericByUnderscores(n).toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> settings(String prefix, Class<?> group) {
        return Stream.of(group.getDeclaredMethods()).flatMap(m -> m.getReturnType().isInterface()
                && m.getReturnType().getEnclosingClass() == RegstreamSettings.class
                        ? settings(prefix + "." + name(m), m.getReturnType())
                        : Stream.of(prefix + "." + name(m)));
    }

    private static String name(Method setting) {
        WithName given = setting.getAnnotation(WithName.class);
        return given == null ? StringUtil.skewer(setting.getName()) : given.value();
    }

    /** @return the settings with these variables, bound and checked as at the service's start */
    static RegstreamSettings serviceSettings(Map<String, String> variables) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(RegstreamSettings.class)
                .withSources(new EnvConfigSource(variables, 300), new PropertiesConfigSource(Map.of(), "none", 100))
                .build().getConfigMapping(RegstreamSettings.class);
    }

    /** @return who may come in with these variables
     *  @throws RuntimeException if the service would not start */
    static AccessMode accessMode(Map<String, String> variables) {
        return AccessMode.of(new SmallRyeConfigBuilder().withSources(new EnvConfigSource(variables, 300)).build());
    }

    /** @return whether a KAFKA_… variable names a setting that Kafka's clients know */
    static boolean isKafkaVariable(String name) {
        return NOT_KAFKA.contains(name) || name.startsWith("KAFKA_") && ConsumerConfig.configNames()
                .contains(name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'));
    }

    /** @return variables that the gateway's command line reads */
    static Set<String> gatewayVariables() throws IOException {
        List<String> names = RepositoryFiles.find("VARIABLES\\s*\\+\\s*\"([A-Z_]+)", gateway("Main.java"));
        Set<String> all = names.stream().map(n -> "REGSTREAM_GATEWAY_" + n)
                .collect(Collectors.toCollection(TreeSet::new));
        all.addAll(RepositoryFiles.find("\\$\\{env:(KAFKA_[A-Z_]+)", gateway("Main.java")));
        return all;
    }

    /** @param variable such as {@code PORT} */
    static int gatewayDefault(String variable) throws IOException {
        return Integer.parseInt(
                RepositoryFiles.find("VARIABLES\\s*\\+\\s*\"" + variable + ":-([0-9]+)", gateway("Main.java")).get(0));
    }

    /** @return paths that the gateway answers by HTTP */
    static Set<String> gatewayPaths() throws IOException {
        return Set.copyOf(RepositoryFiles.find("(?:answer|createContext)\\(\"(/[a-z/]+)\"",
                gateway("operate/StatusServer.java")));
    }

    /** @return metrics that the gateway answers, as samples without values */
    static Set<String> gatewaySamples() throws IOException {
        String source = gateway("operate/GatewayMetrics.java");
        return Stream.of(RepositoryFiles.find("gauge\\(out, \"([a-z_]+)\"", source),
                RepositoryFiles.find("line\\(out, \"([a-z_]+)", source)).flatMap(List::stream)
                .map(n -> "regstream_gateway_" + n).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String gateway(String file) throws IOException {
        return RepositoryFiles.text(GATEWAY + file);
    }
}
