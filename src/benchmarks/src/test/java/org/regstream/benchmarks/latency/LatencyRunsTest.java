package org.regstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyRunsTest {

    private static final String SPREAD = "{\"p50\": 40, \"p95\": 60, \"p99\": 80, \"longest\": 100}";
    private static final String CELLS = "| 40.0 | 60.0 | 80.0 | 100.0 |";
    private final Map<String, List<JsonNode>> reports = new LinkedHashMap<>();

    @Test
    void shouldCompareEachWithTheFirst() throws Exception {
        reports.put("old", List.of(report("ownMillis")));
        reports.put("new", List.of(report("ownMillis")));

        assertThat(LatencyRuns.rows("ownMillis", "own", reports)).containsExactly("| own, old " + CELLS,
                "| own, new " + CELLS, "| own, new, times old | 1.00 | 1.00 | 1.00 | 1.00 |");
    }

    @Test
    void shouldPrintNothingOfWhatABuildDoesNotTell() throws Exception {
        reports.put("old", List.of(report("ownMillis")));
        reports.put("new", List.of(report("queueMillis")));

        assertThat(LatencyRuns.rows("queueMillis", "queue", reports)).containsExactly("| queue, new " + CELLS);
    }

    private static JsonNode report(String field) throws Exception {
        return new ObjectMapper().readTree("{\"" + field + "\": " + SPREAD + "}");
    }
}
