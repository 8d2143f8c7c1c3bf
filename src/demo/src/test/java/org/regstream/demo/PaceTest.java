package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    @Test
    void shouldKeepAFixedPace() {
        Pace pace = Pace.fixed(Duration.ofMillis(250));
        pace.took(Duration.ofSeconds(9));

        assertThat(pace.period()).isEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @CsvSource({"100, 1000", "900, 1000", "4000, 4400", "900000, 30000"})
    void shouldGiveTheMachineAsLongAsItTakesWithinLimits(long tookMillis, long periodMillis) {
        Pace pace = Pace.upTo(Duration.ofSeconds(1));
        assertThat(pace.period()).isEqualTo(Duration.ofSeconds(1));

        pace.took(Duration.ofMillis(tookMillis));

        assertThat(pace.period()).isEqualTo(Duration.ofMillis(periodMillis));
    }

    /** What had to wait took longer than the machine needs: the pace recovers. A service that takes 2 s and, where volumes come faster, has one waiting. */
    @Test
    void shouldComeToRest() {
        Pace pace = Pace.upTo(Duration.ofSeconds(1));
        for (int volume = 0; volume < 10; volume++) {
            pace.took(Duration.ofSeconds(pace.period().toMillis() < 2000 ? 4 : 2));
        }

        assertThat(pace.period()).isEqualTo(Duration.ofMillis(2200));
    }
}
