package org.regstream.training.evaluate.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTablesTest {

    private final String text = new MarkdownTables(TableFixtures.comparison()).text();

    @Test
    void shouldPrintThePapersColumnsInTheirOrder() {
        assertThat(text).containsSubsequence("3 epochs of 20 images, seed 7", "2 x test", "Labels after the refiner",
                "| Method | #Trn | MSE | MI | NLCC % | Dice % | Dice %, background too | AUSE ERR | AUSE MR | AUSE FDR |",
                "| Ours | 1x | 0.0050 ± 0.0000 | 0.90 ± 0.00 | 79.00 ± 0.00 | 73.75 ± 1.77 | 90.00 ± 0.00 | 0.00800 |"
                        + " 0.0700 | 0.0800 | warping error | 2 | 3 | 2.0 |",
                "grid of 2 weights 8.0 min of training; VM (AS+ATC) 2.0 min, 4.0 x less.",
                "| Method | Dice % lower | Dice % upper | ASD mm lower | ASD mm upper | folding % | sd det |",
                "| VM (λ = 1) | 85.00 ± 7.07 |", "| SyN | not installed: --syn-command was not given |", "HD95 mm", "∞",
                "Uncertainty, map by map", "| Ours | label entropy | 0.00400 ± 0.00000 |", "1.00 [");
    }

    @Test
    void shouldNotCallASingleWeightAGrid() {
        Comparison all = TableFixtures.comparison();
        List<RowResult> rows = all.rows().stream().filter(r -> !r.name().equals("vm-2")).toList();

        assertThat(new MarkdownTables(new Comparison(all.terms(), all.machine(), rows)).text())
                .doesNotContain("Here: grid");
    }

    @Test
    void shouldGiveEveryLineOfATableAsManyCells() {
        String[] sections = text.split("\n## ");

        assertThat(sections).hasSize(5);
        for (String section : List.of(sections).subList(1, 5)) {
            List<Long> bars = section.lines().filter(l -> l.startsWith("|"))
                    .map(l -> l.chars().filter(c -> c == '|').count()).distinct().toList();
            assertThat(bars).hasSize(1);
        }
    }

    @Test
    void shouldRefuseARowThatDoesNotFitItsHeadings() {
        assertThatThrownBy(() -> new Table("t", "", List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2 columns");
    }
}
