package org.regstream.training.evaluate.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.core.volume.DisplacementField;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.row.RowUnavailableException;
import org.regstream.training.evaluate.row.StoppedException;
import org.regstream.training.evaluate.row.Watch;

class RowRunnerTest {

    private static final Terms TERMS = new Terms("tiny", List.of("lower", "upper"), Protocol.PAIRS,
            new Budget(1, 2, 2, 1), "none");

    @TempDir
    Path folder;
    private final List<Sample> samples = TinyTask.samples(2);
    private final List<String> drawn = new ArrayList<>();

    private RowRunner runner(Watch watch) {
        return new RowRunner(TinyTask.TASK, TERMS, samples, Protocol.PAIRS.pair(samples, List.of()),
                new ComparisonFolder(folder), watch, (row, pair, outcome) -> drawn.add(row.name()));
    }

    /** Leaves everything where it lies, and counts how often it was prepared. */
    private static final class CountingRow implements Row {
        final String name;
        int prepared;
        boolean available = true;

        CountingRow() {
            this("counting");
        }

        CountingRow(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String label() {
            return "Counting";
        }

        @Override
        public Paper paper() {
            return Paper.OWN;
        }

        @Override
        public PreparedRow prepare(RowSite site) {
            prepared++;
            if (!available) {
                throw new RowUnavailableException("not installed: no reason");
            }
            return new PreparedRow(pair -> Outcome.of(pair, DisplacementField.zero(pair.fixed().image().grid()),
                    site.task().channels()), new Cost(1, 1, 2, 0.5));
        }
    }

    @Test
    void shouldMeasureEachPairAndDrawTheFirst() {
        RowResult result = runner(Watch.NONE).run(List.of(new CountingRow())).rows().get(0);

        assertThat(result.cases()).hasSize(2);
        assertThat(result.cost()).isEqualTo(new Cost(1, 1, 2, 0.5));
        assertThat(result.reliability()).isNotEmpty();
        assertThat(drawn).containsExactly("counting");
    }

    @Test
    void shouldNotMeasureARowAgainThatWasMeasuredBefore() {
        CountingRow row = new CountingRow();
        RowResult first = runner(Watch.NONE).run(List.of(row)).rows().get(0);

        RowResult second = runner(Watch.NONE).run(List.of(row)).rows().get(0);

        assertThat(row.prepared).isEqualTo(1);
        assertThat(second.cases()).isEqualTo(first.cases());
        assertThat(second.curves()).usingRecursiveComparison().isEqualTo(first.curves());
        assertThat(second.reliability()).isEqualTo(first.reliability());
    }

    @Test
    void shouldSayWhyARowFailedGoOnAndTryItAgainNextTime() {
        CountingRow failing = new CountingRow();
        failing.available = false;

        Comparison comparison = runner(Watch.NONE).run(List.of(failing, new CountingRow("other")));
        failing.available = true;
        Comparison again = runner(Watch.NONE).run(List.of(failing));

        assertThat(comparison.rows().get(0).failure()).isEqualTo("not installed: no reason");
        assertThat(comparison.rows().get(1).isFilled()).isTrue();
        assertThat(again.rows().get(0).isFilled()).isTrue();
    }

    @Test
    void shouldStopBetweenPairs() {
        Watch stopped = new Watch() {
            private boolean started;

            @Override
            public void stepped(String what, long done, long all) {
                started = true;
            }

            @Override
            public boolean isStopped() {
                return started;
            }
        };

        assertThatThrownBy(() -> runner(stopped).run(List.of(new CountingRow()))).isInstanceOf(StoppedException.class)
                .hasMessageContaining("--resume");
    }

    @Test
    void shouldResumeOnlyUnderTheSameTerms() {
        ComparisonFolder comparison = new ComparisonFolder(folder);
        comparison.begin(TERMS, false);
        Terms other = new Terms("tiny", List.of("lower", "upper"), Protocol.PAIRS, new Budget(2, 2, 2, 1), "none");

        comparison.begin(TERMS, true);
        assertThatThrownBy(() -> comparison.begin(TERMS, false)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("add --resume");
        assertThatThrownBy(() -> comparison.begin(other, true)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("other terms").hasMessageContaining("2 epochs");
    }
}
