package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a display was shown last is the oldest that a successor shows. */
class OrderOverRestartsTest {

    private final Runs runs = new Runs();

    @BeforeEach
    void begin() {
        runs.settle();
    }

    @Test
    void shouldShowNothingOlderAfterAKill() {
        // given two volumes with labels, whose frames nobody has acknowledged yet
        Instant first = runs.volume(0, 1);
        Instant second = runs.volume(0, 2);
        assertThat(runs.shown()).containsExactly(first, second);

        // when
        runs.kill(0);
        runs.volume(0, 1);
        runs.volume(0, 2);
        Instant third = runs.volume(0, 3);

        // then the one that may not have reached the topic comes again, and what came before it does not
        assertThat(runs.shown()).containsExactly(first, second, second, third);
    }

    @Test
    void shouldTellOfTheVolumeThatIsLeftOut() {
        runs.volume(0, 2);
        runs.kill(0);
        runs.volume(0, 1);

        runs.answer(0);

        assertThat(runs.toldSentences()).anyMatch(sentence -> sentence.contains("older than the one that is shown"));
    }

    /** The partition goes to the other instance, whose clock is the same. */
    @Test
    void shouldShowNothingOlderWhereThePartitionGoes() {
        Instant second = runs.volume(0, 2);
        runs.answer(0);
        runs.read(1);
        runs.move(0);
        runs.pass(Duration.ofSeconds(1));

        runs.volume(0, 1);
        Instant third = runs.volume(0, 3);

        assertThat(runs.shown()).containsExactly(second, third);
    }
}
