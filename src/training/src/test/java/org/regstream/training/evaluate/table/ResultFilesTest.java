package org.regstream.training.evaluate.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    @TempDir
    Path folder;

    @Test
    void shouldWriteALineACaseAndRow() throws IOException {
        new ResultFiles(TableFixtures.comparison()).write(folder);

        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        List<String> names = Arrays.asList(lines.get(0).split(","));
        assertThat(lines).hasSize(1 + 6 * 2);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSameSizeAs(names));
        List<String> first = Arrays.asList(lines.get(1).split(",", -1));
        assertThat(first.subList(0, 4)).containsExactly("unregistered", "P1", "a", "moving");
        assertThat(first.get(names.indexOf("dice_lower"))).isEqualTo("0.9000000");
        assertThat(first.get(names.indexOf("hd95_mm_upper"))).isEqualTo("inf");
        assertThat(first.get(names.indexOf("ause_err_label_entropy"))).isEqualTo("0.004000000");
        assertThat(first.get(names.indexOf("ause_err_flow_spread"))).isEmpty();
    }

    @Test
    void shouldWriteTermsStatisticsAndReasonsAsJson() throws IOException {
        new ResultFiles(TableFixtures.comparison()).write(folder);

        JsonNode json = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(json.at("/terms/budget/seed").asLong()).isEqualTo(7);
        assertThat(json.at("/terms/budget/epochs").asInt()).isEqualTo(3);
        assertThat(json.at("/machine").asText()).isEqualTo("2 x test");
        JsonNode ours = json.at("/rows/1");
        assertThat(ours.at("/statistics/dice_foreground/mean").asDouble()).isCloseTo(0.7375, within(1e-12));
        assertThat(ours.at("/uncertainty/label_entropy/auroc/value").asDouble()).isEqualTo(1);
        assertThat(ours.at("/cases")).hasSize(2);
        assertThat(json.at("/rows/5/failure").asText()).startsWith("not installed");
    }
}
