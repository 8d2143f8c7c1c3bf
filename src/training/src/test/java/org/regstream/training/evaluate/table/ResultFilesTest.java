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

    @Test
    void shouldPrintThePapersColumnsInTheirOrder() {
        String text = new MarkdownTables(TableFixtures.comparison()).text();

        assertThat(text).containsSubsequence("3 epochs of 20 images, seed 7", "2 x test",
                "| Method | #Trn | MSE | MI | NLCC % | Dice % | Dice %, background too | AUSE ERR | AUSE MR | AUSE FDR |",
                "| Ours | 1x | 0.0050 ± 0.0000 | 0.90 ± 0.00 | 79.00 ± 0.00 | 73.75 ± 1.77 | 90.00 ± 0.00 | 0.00800 |"
                        + " 0.0700 | 0.0800 | warping error | 2 | 3 | 2.0 |",
                "| Method | Dice % lower | Dice % upper | ASD mm lower | ASD mm upper | folding % | sd det |",
                "| VM (λ = 1) | 85.00 ± 7.07 |", "| SyN | not installed: --syn-command was not given |",
                "Grid of 2 weights: 8.0 min of training; VM (AS+ATC): 2.0 min, 4.0 x less.", "HD95 mm", "∞",
                "Uncertainty, map by map", "| Ours | label entropy | 0.00400 ± 0.00000 |", "1.00 [");
    }

    @Test
    void shouldGiveEveryLineOfATableAsManyCells() {
        String[] sections = new MarkdownTables(TableFixtures.comparison()).text().split("\n## ");

        assertThat(sections).hasSize(5);
        for (String section : List.of(sections).subList(1, 5)) {
            List<String> lines = section.lines().filter(l -> l.startsWith("|")).toList();
            assertThat(lines).allSatisfy(
                    l -> assertThat(l.chars().filter(c -> c == '|').count())
                            .isEqualTo(lines.get(0).chars().filter(c -> c == '|').count()));
        }
    }
}
