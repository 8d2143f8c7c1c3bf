package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two that tell of one procedure before they have heard of each other. */
class RunsTest {

    private final Runs runs = new Runs();

    /** Else both would tell for ever, by the same numbers. */
    @Test
    void shouldLeaveItToOneWhereTwoTakeOverInTheSameMillisecond() {
        runs.frame(0, 0);
        runs.frame(1, 0);

        runs.settle();

        assertThat(runs.told()).isNotEmpty();
        assertThat(runs.open()).containsAll(runs.told());
    }

    /** What one has told, the other took over without; then the first loses its partition, and only then hears of it. */
    @Test
    void shouldEndWhatWhoeverTookOverDoesNotKnow() {
        runs.frame(0, 0);
        for (int half = 0; half < 8; half++) {
            runs.pass(Duration.ofMillis(500));
            runs.answer(0);
        }
        assertThat(runs.open()).as("a volume with a gap").hasSize(1);
        runs.frame(1, 0);
        runs.answer(1);

        runs.move(0);
        runs.read(0);
        runs.settle();

        assertThat(runs.open()).isEqualTo(runs.told());
    }
}
