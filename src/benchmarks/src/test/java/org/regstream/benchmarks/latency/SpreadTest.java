package org.regstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    private static final Spread SLOW = new Spread(40, 60, 90, 100);

    @Test
    void shouldReadAReportOfTheDemo() throws Exception {
        assertThat(Spread.of(new ObjectMapper().readTree(
                "{\"count\": 57, \"p50\": 40, \"p95\": 60, \"p99\": 90, \"longest\": 100}"))).isEqualTo(SLOW);
    }

    @Test
    void shouldTakeTheMiddleOfEachFigure() {
        assertThat(Spread.median(List.of(SLOW, new Spread(20, 70, 80, 300), new Spread(30, 50, 95, 200))))
                .isEqualTo(new Spread(30, 60, 90, 200));
    }

    @Test
    void shouldTellHowManyTimesAnother() {
        assertThat(new Spread(20, 30, 45, 50).over(SLOW).cells("%.2f")).isEqualTo("| 0.50 | 0.50 | 0.50 | 0.50 |");
    }
}
