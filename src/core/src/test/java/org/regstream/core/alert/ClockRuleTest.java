package org.regstream.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockRuleTest {

    /** A frame under way, a broker that was away, a series that is sent again the next day. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-4.9S", "PT0.3S", "PT58S", "PT58M58S", "PT61M2S", "PT2H30M", "PT27H2M", "P1D",
            "P365D"})
    void shouldBelieveSpansUnderWay(Duration lag) {
        assertThat(ClockRule.doubt(lag).isPresent()).isEqualTo(lag.equals(Duration.ofDays(1)));
    }

    /** Summer time, a zone to the east or the west, a scanner that runs ahead. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT59M30S", "PT60M40S", "PT5H0.4S", "PT12H", "PT26H", "PT-1H", "PT-5.1S", "PT-7H",
            "P-2000000D"})
    void shouldDoubtWholeHoursAndImagesOfTheFuture(Duration lag) {
        assertThat(ClockRule.doubt(lag)).isPresent();
    }
}
