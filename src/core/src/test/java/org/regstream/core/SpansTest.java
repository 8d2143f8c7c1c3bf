package org.regstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({"PT30S, 30 s", "PT0.25S, 250 ms", "PT1.5S, 1500 ms", "PT5M, 5 min", "PT90S, 90 s", "PT2H, 2 h",
            "PT0S, 0 s",
            "PT-3S, -3 s", "PT0.0000001S, 0 s", "P2D, 48 h"})
    void shouldWriteSpansAsPeopleDo(Duration span, String words) {
        assertThat(Spans.inWords(span)).isEqualTo(words);
    }
}
