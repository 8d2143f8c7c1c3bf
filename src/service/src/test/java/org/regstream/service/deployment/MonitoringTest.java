package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regstream.service.metrics.ExportedMetrics;

/** Alert rules and the dashboard ask only for metrics and labels that service and gateway export. */
class MonitoringTest {

    private static final String DASHBOARD = "deploy/grafana/dashboards/regstream.json";
    private static final String RULES = "deploy/prometheus/alerts.yml";
    /** Of Prometheus itself and of the libraries of the Java machine and of Kafka's client. */
    private static final Set<String> OTHERS = Set.of("up", "jvm_memory_used_bytes", "process_cpu_usage",
            "kafka_consumer_fetch_manager_records_lag_max");
    private static final Set<String> LABELS_OF_OTHERS = Set.of("job", "instance", "area", "le", "outcome");
    private static final Set<String> WORDS = Set.of("or", "unless", "and", "offset", "by");

    private final String scrape = ExportedMetrics.scrape();

    @Test
    void shouldAskOnlyForMetricsThatAreExported() throws IOException {
        Set<String> exported = exported();

        assertThat(exported).contains("regstream_stage_seconds_bucket", "regstream_frames_oldest_seconds",
                "regstream_volumes_superseded_total", "regstream_gateway_refused_total");
        for (String expression : expressions()) {
            assertThat(metrics(expression)).as(expression).isNotEmpty().isSubsetOf(exported);
            assertThat(labels(expression)).as(expression).isSubsetOf(exportedLabels());
        }
    }

    @Test
    void shouldShowLatencyByStageQueueSupersededAlertsAndProvider() throws IOException {
        Set<String> shown = panels().stream().flatMap(e -> metrics(e).stream()).collect(Collectors.toSet());

        assertThat(shown).contains("regstream_stage_seconds_bucket", "regstream_result_age_seconds_bucket",
                "regstream_frames_held", "regstream_frames_oldest_seconds", "regstream_volumes_superseded_total",
                "regstream_alerts_open", "regstream_provider");
        assertThat(panels()).anyMatch(e -> labels(e).contains("stage"));
    }

    @Test
    void shouldTellWhatHappenedAndWhatToDo() throws IOException {
        List<JsonNode> rules = rules();

        assertThat(rules).hasSizeGreaterThan(8).allSatisfy(rule -> {
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/action").asText()).isNotBlank();
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
        });
        assertThat(rules).extracting(r -> r.get("alert").asText()).doesNotHaveDuplicates();
    }

    @Test
    void shouldScrapeWhatComposeStarts() throws IOException {
        ComposeFile compose = ComposeFile.read("deploy/compose.yaml");
        JsonNode jobs = RepositoryFiles.yaml("deploy/prometheus/prometheus.yml").get(0).get("scrape_configs");

        assertThat(jobs).hasSize(2);
        JsonNode service = jobs.get(0);
        assertThat(service.get("metrics_path").asText()).isEqualTo(CodeFacts.SERVICE_METRICS);
        assertThat(service.at("/dns_sd_configs/0/port").asInt()).isEqualTo(CodeFacts.SERVICE_PORT);
        assertThat(compose.services()).containsKey(service.at("/dns_sd_configs/0/names/0").asText());
        assertThat(jobs.get(1).get("metrics_path").asText()).isIn(CodeFacts.gatewayPaths());
        assertThat(jobs.get(1).at("/static_configs/0/targets/0").asText())
                .isEqualTo("gateway:" + CodeFacts.gatewayDefault("HTTP_PORT"));
    }

    private Set<String> exported() throws IOException {
        Set<String> names = new TreeSet<>(OTHERS);
        names.addAll(RepositoryFiles.find("(?m)^([a-z_]+)[ {]", scrape));
        names.addAll(CodeFacts.gatewaySamples());
        return names;
    }

    private Set<String> exportedLabels() {
        Set<String> names = new TreeSet<>(LABELS_OF_OTHERS);
        names.addAll(RepositoryFiles.find("[{,]([a-z_]+)=\"", scrape));
        return names;
    }

    private static List<String> expressions() throws IOException {
        return Stream.concat(panels().stream(), rules().stream().map(r -> r.get("expr").asText())).toList();
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode group : RepositoryFiles.yaml(RULES).get(0).get("groups")) {
            group.get("rules").forEach(all::add);
        }
        return all;
    }

    private static List<String> panels() throws IOException {
        return new ObjectMapper().readTree(RepositoryFiles.text(DASHBOARD)).findValuesAsText("expr");
    }

    /** @return names in a PromQL expression that are neither functions, words, labels nor text */
    private static Set<String> metrics(String expression) {
        String bare = expression.replaceAll("\\{[^}]*}", " ").replaceAll("\\[[^]]*]", " ")
                .replaceAll("by \\([^)]*\\)", " ").replaceAll("offset [0-9a-z]+", " ");
        return RepositoryFiles.find("(?<![a-z0-9_.])([a-z][a-z_0-9]*)(?![a-z_0-9]*\\s*\\()", bare).stream()
                .filter(n -> !WORDS.contains(n)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> labels(String expression) {
        Set<String> names = new TreeSet<>(RepositoryFiles.find("[{,]\\s*([a-z_]+)\\s*(?:=|!=|=~|!~)\"", expression));
        for (String list : RepositoryFiles.find("by \\(([^)]*)\\)", expression)) {
            names.addAll(List.of(list.split(",\\s*")));
        }
        return names;
    }
}
